/**
 * What must hold before a plan document is run: names, graph, joins, fan-out, aggregates and rights. Stateless.
 */
@NullMarked
package io.calque.nl2plan.check;

import org.jspecify.annotations.NullMarked;

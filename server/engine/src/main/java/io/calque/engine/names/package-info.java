/**
 * Names in a statement against the catalog: tables by unique suffix and search path, columns with dotted nested names, nearest suggestions.
 */
@NullMarked
package io.calque.engine.names;

import org.jspecify.annotations.NullMarked;

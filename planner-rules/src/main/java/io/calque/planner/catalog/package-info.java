/**
 * The catalog snapshot as Calcite sees it: schemas, tables, keys and row counts. Immutable, one per statement.
 */
@NullMarked
package io.calque.planner.catalog;

import org.jspecify.annotations.NullMarked;

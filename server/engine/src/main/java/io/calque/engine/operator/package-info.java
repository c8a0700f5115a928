/**
 * Our own sort, aggregate and join. They read and pass on batches of columns, hold what they keep column by column without objects for
 * numbers, and go on on disk where the query's memory does not suffice: a sort writes sorted runs and merges them, an aggregate sets the
 * rows of groups aside for which there is no room, a join divides both sides by their keys.
 *
 * <p>Stands between {@code engine.exec}, which makes them when the compiled plan asks and gives them {@link
 * io.calque.engine.operator.OperatorResources}, and stock operators, which see them as rows of objects. Everything here belongs to the
 * thread that pulls the query, but for the {@link io.calque.engine.operator.Errand}s that it sends.
 */
@NullMarked
package io.calque.engine.operator;

import org.jspecify.annotations.NullMarked;

/**
 * Says relational algebra as aggregation pipelines, and says beforehand what it can say exactly.
 *
 * <p>The only package of the adapter that knows Calcite. {@link io.calque.mongodb.compiler.MongoCapabilities} and
 * {@link io.calque.mongodb.compiler.PipelineCompiler} agree: what the first allows, the second compiles. Thread-safe.
 */
@NullMarked
package io.calque.mongodb.compiler;

import org.jspecify.annotations.NullMarked;

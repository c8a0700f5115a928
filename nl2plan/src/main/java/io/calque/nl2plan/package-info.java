/**
 * How a question in plain language becomes a plan: small stages with one document, the plan document, between them.
 *
 * <p>Its result is a relational tree that then takes exactly the way of SQL. Read-only by construction.
 */
@NullMarked
package io.calque.nl2plan;

import org.jspecify.annotations.NullMarked;

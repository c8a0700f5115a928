/**
 * Who asks: turns the credentials of a request into a principal. Called on every request, by many threads.
 */
@NullMarked
package io.calque.app.auth;

import org.jspecify.annotations.NullMarked;

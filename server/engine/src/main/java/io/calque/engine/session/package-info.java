/**
 * Sessions and their settings.
 */
@NullMarked
package io.calque.engine.session;

import org.jspecify.annotations.NullMarked;

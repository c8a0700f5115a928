/** Tests of how question files are read. */
@NullMarked
package io.calque.app.evaluation;

import org.jspecify.annotations.NullMarked;

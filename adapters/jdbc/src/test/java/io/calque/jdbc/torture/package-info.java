/**
 * Databases made of everything that is hard to introspect and to read, as scripts under {@code src/test/resources/torture}, and
 * the plain text in which what was found is compared with golden files. Test code; single-threaded.
 */
@NullMarked
package io.calque.jdbc.torture;

import org.jspecify.annotations.NullMarked;

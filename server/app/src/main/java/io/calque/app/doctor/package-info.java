/**
 * What {@code calque doctor} looks at: configuration, registry, sources, this process. Each check ends within its time, whatever it looks at;
 * sources are looked at at the same time. Thread-safe values.
 */
@NullMarked
package io.calque.app.doctor;

import org.jspecify.annotations.NullMarked;

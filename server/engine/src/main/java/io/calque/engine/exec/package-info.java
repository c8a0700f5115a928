/**
 * Running a compiled plan: permits, parallel fetches into bounded queues, memory accounts, deadlines, cancel.
 */
@NullMarked
package io.calque.engine.exec;

import org.jspecify.annotations.NullMarked;

/**
 * Answers as text: tables for people, CSV, JSON and Markdown for programs.
 *
 * <p>Last step of the command line and the shell. Printers stream; the table alone looks at a first page of rows to choose its
 * widths. Single-threaded.
 */
@NullMarked
package io.calque.app.format;

import org.jspecify.annotations.NullMarked;

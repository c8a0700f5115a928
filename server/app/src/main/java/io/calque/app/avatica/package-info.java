/**
 * The Avatica protocol over the engine: what JDBC drivers speak, ours and the standard one.
 *
 * <p>A request walks {@code AvaticaService > (Avatica's LocalService) > EngineMeta > OpenStatement > QueryRun}; rows come back
 * through a {@link io.calque.app.avatica.ResultCursor}, which holds one batch at a time. Plain Avatica clients get Avatica's
 * rows; Calque's driver gets {@linkplain io.calque.app.avatica.ColumnFrames columnar frames}.
 *
 * <p>Threads: the service is called by many at once; a statement serves one request at a time, and only cancel passes by.
 */
@NullMarked
package io.calque.app.avatica;

import org.jspecify.annotations.NullMarked;

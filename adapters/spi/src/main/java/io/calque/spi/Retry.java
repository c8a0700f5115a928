package io.calque.spi;

/** Whether repeating the same request can succeed without anybody changing it. */
public enum Retry {
    CAN_HELP,
    POINTLESS
}

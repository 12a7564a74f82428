package io.cxmetrics.source;

import java.io.IOException;
import java.io.Serial;

/**
 * A file can be read, but is no table of rows: it is empty, or its header is broken. The message begins with the place.
 *
 * @since 0.1
 */
public final class SourceException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    SourceException(String message) {
        super(message);
    }
}

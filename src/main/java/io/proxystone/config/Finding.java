package io.proxystone.config;

import org.jspecify.annotations.Nullable;

/**
 * Something wrong in a file a user wrote.
 *
 * @param file the file as the user knows it
 * @param line the line, counted from 1; 0 if it is not known
 * @param key the key or step it is about, as a path with dots, or null
 * @param message what is wrong and what is allowed instead
 */
public record Finding(String file, int line, @Nullable String key, String message) {

    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + (key == null || key.isEmpty() ? "" : key + ": ") + message;
    }
}

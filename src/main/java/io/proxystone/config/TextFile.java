package io.proxystone.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files that users write. */
public final class TextFile {
    private TextFile() {}

    /** @throws InvalidFilesException if it cannot be read, or is not UTF-8 */
    public static String read(Path file) throws InvalidFilesException {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new InvalidFilesException(new Finding(file.toString(), 0, null, "is not a text in UTF-8"));
        } catch (IOException e) {
            throw new InvalidFilesException(new Finding(file.toString(), 0, null, "cannot be read: " + e));
        }
    }
}

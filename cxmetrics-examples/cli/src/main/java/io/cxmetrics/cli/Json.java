package io.cxmetrics.cli;

import io.cxmetrics.json.JsonProblemsException;
import io.cxmetrics.json.LocatedJson;
import io.cxmetrics.json.Problem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads JSON files by the names that the user wrote, so that problems carry them. */
final class Json {

    private Json() {}

    /**
     * The text of a file.
     *
     * @throws Failure if it cannot be read
     * @throws JsonProblemsException if it is too long or not UTF-8
     */
    static String text(Path file) {
        try {
            if (Files.size(file) > 4L * LocatedJson.LARGEST) {
                throw problem(file, "a file of " + Files.size(file) + " bytes", "at most " + LocatedJson.LARGEST);
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw problem(file, "bytes that are not UTF-8", "a JSON file saved as UTF-8");
        } catch (NoSuchFileException e) {
            throw Failure.unreadable(file + ": there is no such file");
        } catch (IOException e) {
            throw Failure.unreadable(file + ": " + e.getMessage());
        }
    }

    private static JsonProblemsException problem(Path file, String found, String expected) {
        return new JsonProblemsException(List.of(new Problem(file.toString(), 1, 1, "", found, expected)));
    }

    /**
     * The value in a file.
     *
     * @throws Failure if it cannot be read
     * @throws JsonProblemsException if it is not JSON
     */
    static LocatedJson read(Path file) {
        return LocatedJson.parse(file.toString(), text(file));
    }
}

package io.cxmetrics;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.cxmetrics.json.LocatedJson;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;

/** Other people's real data, which lie beside the project and are not part of it; tests on them are skipped elsewhere. */
public final class SharedData {
    private SharedData() {}

    /** A folder of the shared data, or the end of the test if it is not there. */
    public static Path folder(String name) {
        String root = System.getProperty("cxmetrics.shared.data", "");
        Path folder = Path.of(root, name);
        assumeTrue(
                !root.isEmpty() && Files.isDirectory(folder),
                () -> "skipped: there is no " + folder + "; set -Dcxmetrics.shared.data to the folder of shared data");
        return folder;
    }

    /** A figure of the folder's EXPECTED.json. */
    public static double expected(Path folder, String id) throws IOException {
        String text = Files.readString(folder.resolve("EXPECTED.json"));
        for (LocatedJson figure : LocatedJson.parse("EXPECTED.json", text)
                .members()
                .get("figures")
                .items()) {
            if (figure.members().get("id").text().equals(id)) {
                return figure.members().get("value").number().doubleValue();
            }
        }
        throw new IllegalArgumentException("no figure " + id + " in " + folder);
    }

    /** The records of a CSV file. */
    public static List<NamedCsvRecord> csv(Path file) throws IOException {
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
            return reader.stream().toList();
        }
    }

    /** The records of a CSV file with semicolons in a zip. */
    public static List<NamedCsvRecord> zipped(Path zip, String entry) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile());
                Reader text = new InputStreamReader(file.getInputStream(file.getEntry(entry)), StandardCharsets.UTF_8);
                CsvReader<NamedCsvRecord> reader =
                        CsvReader.builder().fieldSeparator(';').ofNamedCsvRecord(text)) {
            return new ArrayList<>(reader.stream().toList());
        }
    }
}

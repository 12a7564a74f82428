package io.cxmetrics.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cxmetrics.Kpi;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs every block of README.md in order, the {@code spark-submit} line in a process of its own with jars of its own, and
 * compares what it prints with what is shown below it; {@code -Dcxmetrics.readme.write=true} writes that instead.
 */
class ReadmeTest {
    private static final Path README = Path.of("README.md");
    private static final Pattern BLOCK =
            Pattern.compile("```(json|sh|java|sql)\n(.*?)```\n(?:```text\n(.*?)```\n)?", Pattern.DOTALL);
    private static final Path SAMPLE = Path.of("src/test/resources/io/cxmetrics/spark");

    @TempDir
    private Path folder;

    private int snippets;

    @Test
    void everyBlockOfTheReadmeDoesWhatTheReadmeShows() throws Exception {
        Files.copy(SAMPLE.resolve("calls.json"), folder.resolve("calls.json"));
        String json = Files.readString(SAMPLE.resolve("calls.json"));
        SparkSession spark = LocalSpark.session();
        spark.read()
                .option("header", "true")
                .csv(SAMPLE.resolve("calls.csv").toString())
                .write()
                .parquet(folder.resolve("calls.parquet").toString());

        String readme = Files.readString(README);
        StringBuilder actual = new StringBuilder();
        List<String> kinds = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(readme);
        while (blocks.find()) {
            String kind = blocks.group(1);
            String code = blocks.group(2);
            kinds.add(kind);
            String block = "```" + kind + "\n" + code + "```\n";
            if (kind.equals("json")) {
                assertEquals(json, code);
            } else {
                String printed = switch (kind) {
                    case "sh" -> shell(code);
                    case "java" -> java(code, spark, json);
                    default -> sql(code, spark);
                };
                block += printed.isEmpty() ? "" : "```text\n" + printed + "```\n";
            }
            blocks.appendReplacement(actual, Matcher.quoteReplacement(block));
        }
        blocks.appendTail(actual);
        assertTrue(kinds.containsAll(List.of("sh", "java", "sql")), kinds.toString());
        if (Boolean.getBoolean("cxmetrics.readme.write")) {
            Files.writeString(README, actual);
        } else {
            assertEquals(
                    actual.toString(),
                    readme,
                    "run this test with -Dcxmetrics.readme.write=true to bring README.md up to date");
        }
    }

    /** What the submitted job prints. */
    private String shell(String code) throws Exception {
        List<String> words =
                Arrays.stream(code.replace("\\\n", " ").strip().split("\\s+")).toList();
        assertEquals("spark-submit", words.get(0));
        jar(Kpi.class, folder.resolve("cxmetrics-core-0.1.0-SNAPSHOT.jar"));
        jar(CxSpark.class, folder.resolve("cxmetrics-spark-0.1.0-SNAPSHOT.jar"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(org.apache.spark.launcher.JavaModuleOptions.defaultModuleOptionArray()));
        // As on a cluster: Spark without anything of ours.
        command.addAll(List.of(
                "-Xmx700m",
                "-cp",
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> !isOurs(entry))
                        .collect(Collectors.joining(File.pathSeparator))));
        command.addAll(List.of("org.apache.spark.deploy.SparkSubmit", "--conf", "spark.ui.enabled=false"));
        command.addAll(words.subList(1, words.size()));
        Path errors = folder.resolve("errors.txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(errors.toFile())
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> read(errors));
        try (Stream<Path> files = Files.list(folder.resolve("result"))) {
            Path csv = files.filter(file -> file.toString().endsWith(".csv"))
                    .findFirst()
                    .orElseThrow();
            List<String> lines = Files.readAllLines(csv);
            assertEquals("period,channel,kpi,value,unit,low,high,n,ineligible,missing,rejected", lines.get(0));
            assertTrue(lines.size() > 6, lines.toString());
        }
        return printed;
    }

    private static boolean isOurs(String entry) {
        return Stream.of(Kpi.class, CxSpark.class, ReadmeTest.class, io.cxmetrics.sql.EngineCases.class)
                .anyMatch(type -> place(type).equals(Path.of(entry)));
    }

    private static Path place(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The jar that holds a class; made from its folder where it is not packed yet. */
    private static void jar(Class<?> type, Path jar) throws IOException {
        Path place = place(type);
        if (!Files.isDirectory(place)) {
            Files.copy(place, jar);
            return;
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(place)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(place.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
    }

    private static String read(Path file) {
        try {
            String text = Files.readString(file);
            return text.substring(Math.max(0, text.length() - 4_000));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** The files of the README lie in the folder. */
    private String placed(String code) {
        return code.replaceAll("\"(calls[.]parquet|daily)\"", Matcher.quoteReplacement("\"" + folder + "/") + "$1\"");
    }

    private String java(String code, SparkSession spark, String json) throws Exception {
        String name = "Snippet" + ++snippets;
        String imports = code.lines().filter(line -> line.startsWith("import ")).collect(Collectors.joining("\n"));
        String body = code.lines().filter(line -> !line.startsWith("import ")).collect(Collectors.joining("\n"));
        Path source = Files.createDirectory(folder.resolve(name)).resolve(name + ".java");
        Files.writeString(
                source,
                imports + "\npublic class " + name
                        + " { public static void run(org.apache.spark.sql.SparkSession spark, String json) throws"
                        + " Exception {\n" + placed(body) + "\n} }\n");
        ByteArrayOutputStream problems = new ByteArrayOutputStream();
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        problems,
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        source.toString());
        assertEquals(0, compiled, () -> problems.toString(StandardCharsets.UTF_8));
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader classes = new URLClassLoader(
                new URL[] {source.getParent().toUri().toURL()}, getClass().getClassLoader())) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            classes.loadClass(name)
                    .getMethod("run", SparkSession.class, String.class)
                    .invoke(null, spark, json);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    /** Statements separated by semicolons; what queries answer is shown. */
    private static String sql(String code, SparkSession spark) {
        StringBuilder shown = new StringBuilder();
        for (String statement : code.split(";\\s*\n")) {
            Dataset<Row> rows = spark.sql(statement);
            if (rows.columns().length > 0) {
                shown.append(((org.apache.spark.sql.classic.Dataset<Row>) rows).showString(20, 0, false));
            }
        }
        return shown.toString().replaceAll("\n+$", "\n");
    }
}

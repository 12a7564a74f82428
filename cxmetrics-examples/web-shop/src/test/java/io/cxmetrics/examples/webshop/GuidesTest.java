package io.cxmetrics.examples.webshop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs every Java snippet of the READMEs of the project, the core and the OKRs, and compares what it prints with the text shown below it. */
class GuidesTest {
    private static final Path PROJECT = Path.of("..", "..");
    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```\n(?:```text\n(.*?)```)?", Pattern.DOTALL);

    @TempDir
    private Path folder;

    private record Snippet(Path guide, int number, String code, String output) {}

    @TestFactory
    List<DynamicTest> everySnippetPrintsWhatItsGuideShows() {
        List<Snippet> snippets = Stream.of("README.md", "cxmetrics-core/README.md", "cxmetrics-okr/README.md")
                .flatMap(guide -> snippets(PROJECT.resolve(guide)).stream())
                .toList();
        assertTrue(!snippets.isEmpty(), "no snippets found below " + PROJECT.toAbsolutePath());
        return snippets.stream()
                .map(s -> DynamicTest.dynamicTest(
                        PROJECT.relativize(s.guide()) + " snippet " + s.number(),
                        () -> assertEquals(s.output(), run(s))))
                .toList();
    }

    private static List<Snippet> snippets(Path guide) {
        try {
            Matcher matcher = SNIPPET.matcher(Files.readString(guide));
            int[] number = {0};
            return matcher.results()
                    .map(m -> new Snippet(guide, ++number[0], m.group(1), m.group(2) == null ? "" : m.group(2)))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String run(Snippet snippet) throws Exception {
        String name = "Snippet" + snippet.number();
        String imports =
                snippet.code().lines().filter(l -> l.startsWith("import ")).collect(Collectors.joining("\n"));
        String body =
                snippet.code().lines().filter(l -> !l.startsWith("import ")).collect(Collectors.joining("\n"));
        Path source = Files.createTempDirectory(folder, "snippet").resolve(name + ".java");
        Files.writeString(
                source,
                imports + "\npublic class " + name + " { public static void main(String[] args) throws Exception {\n"
                        + body + "\n} }\n");
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
            classes.loadClass(name).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}

package org.nn4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start-up file of JShell and the script of jbang, run on the class path of the tests. */
class ScriptsTest {
  private static final Path START_UP = Path.of("src/main/jshell/nn4j.jsh").toAbsolutePath();
  private static final Path SCRIPT = Path.of("src/main/jbang/Spiral.java").toAbsolutePath();
  private static final String PREDICTED =
      "\nSystem.out.println(Arrays.stream(predictions).map(Labels::classOf).toList())\n/exit\n";
  private static final String CLASS_PATH =
      System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

  private final Path folder;

  ScriptsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static Path tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name);
  }

  /** Returns what a command prints to standard output. */
  private String output(String... command) throws IOException, InterruptedException {
    Path printed = folder.resolve("printed");
    Path errors = folder.resolve("errors");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(printed.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("%s ended", command[0]).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    return Files.readString(printed).strip();
  }

  private static List<String> find(String regex, String text) {
    return Pattern.compile(regex)
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  /** Returns what the guide shows in the section on scripts. */
  private static List<String> guide(String language) throws IOException {
    String guide = Files.readString(Path.of("../docs/guide.md"));
    String section = guide.substring(guide.indexOf("\n## JShell and jbang\n"));
    return find("(?s)```" + language + "\\n(.*?)\\n```", section);
  }

  @Test
  void jshellStartsWithTheFileAndRunsTheGuide() throws IOException, InterruptedException {
    Path jshell = tool("jshell");
    assumeTrue(Files.isExecutable(jshell), "no jshell in " + jshell.getParent());
    Path session = Files.writeString(folder.resolve("session"), guide("jshell").get(0) + PREDICTED);
    String printed =
        output(
            jshell.toString(),
            "-J-Djava.util.prefs.userRoot=" + folder,
            "--class-path",
            CLASS_PATH,
            "--startup",
            "DEFAULT",
            "--startup",
            START_UP.toString(),
            session.toString());
    assertThat(printed).isEqualTo("[0, 1]");
    assertThat(folder.resolve("loss.png")).isNotEmptyFile();
  }

  @Test
  void theScriptTrainsDrawsAndPredicts() throws IOException, InterruptedException {
    Path page = folder.resolve("spiral.html");
    String printed =
        output(tool("java").toString(), "-cp", CLASS_PATH, SCRIPT.toString(), page.toString());
    assertThat(printed.replace(page.toString(), "spiral.html")).isEqualTo(guide("text").get(0));
    assertThat(page).content().contains("<figcaption>Loss</figcaption>");
  }

  @Test
  void itsDependenciesHaveTheVersionsOfTheProject() throws IOException {
    String pom = Files.readString(Path.of("../pom.xml"));
    String version = find("<artifactId>nn4j</artifactId>\\s*<version>(.*?)</version>", pom).get(0);
    String slf4j = find("<slf4j.version>(.*?)</slf4j.version>", pom).get(0);
    assertThat(find("//DEPS (.*)", Files.readString(SCRIPT)))
        .containsExactly("org.nn4j:nn-report:" + version, "org.slf4j:slf4j-nop:" + slf4j);
  }
}

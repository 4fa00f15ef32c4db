import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Converts the Markdown pages of the project to HTML, copies the files that they refer to, and
 * fails if a link leads nowhere. Started by {@code docs/site}.
 */
public final class Site {
  private static final Pattern LINK = Pattern.compile("(href|src)=\"([^\"]*)\"");
  private static final Pattern ANCHOR = Pattern.compile(" (?:id|name)=\"([^\"]*)\"");

  private final Path root;
  private final Path site;
  private final Map<Path, String> pages = new HashMap<>();
  private final Set<String> broken = new TreeSet<>();

  private Site(Path root, Path site) {
    this.root = root;
    this.site = site;
  }

  public static void main(String[] args) throws IOException {
    new Site(Path.of(args[0]).toRealPath(), Path.of(args[1]).toRealPath()).build();
  }

  private void build() throws IOException {
    for (Path source : sources()) {
      pages.put(target(source), html(source));
    }
    for (Map.Entry<Path, String> page : new ArrayList<>(pages.entrySet())) {
      Path file = site.resolve(page.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, linked(page.getKey(), page.getValue()));
    }
    if (!broken.isEmpty()) {
      System.err.println("broken links:\n" + String.join("\n", broken));
      System.exit(1);
    }
  }

  /** The pages of the project: of its root, its modules and docs. */
  private List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(root, 3)) {
      return files
          .map(root::relativize)
          .filter(file -> file.toString().matches("(nn-[a-z]+/|docs/(adr/)?)?[A-Za-z0-9-]+\\.md"))
          .collect(Collectors.toList());
    }
  }

  private static Path target(Path source) {
    String name = source.toString();
    return Path.of(
        name.equals("README.md") ? "index.html" : name.replaceFirst("\\.md$", ".html"));
  }

  private String html(Path source) throws IOException {
    var extensions = List.of(TablesExtension.create(), HeadingAnchorExtension.create());
    String text = Files.readString(root.resolve(source));
    String body =
        HtmlRenderer.builder()
            .extensions(extensions)
            .build()
            .render(Parser.builder().extensions(extensions).build().parse(text));
    String top = "../".repeat(source.getNameCount() - 1);
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>%s</title>
        <style>
        body { font: 16px/1.5 sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; }
        pre { background: #f4f4f4; padding: 0.8em; overflow-x: auto; }
        table { border-collapse: collapse; }
        td, th { border: 1px solid #ccc; padding: 0.2em 0.6em; }
        </style>
        </head>
        <body>
        <nav><a href="%sindex.html">nn4j</a> %s</nav>
        %s
        </body>
        </html>
        """
        .formatted(title(text), top, apis(top), body);
  }

  private static String title(String text) {
    return text.lines().findFirst().orElse("nn4j").replaceFirst("^#+ *", "");
  }

  private String apis(String top) throws IOException {
    Path api = site.resolve("api");
    if (!Files.isDirectory(api)) {
      return "";
    }
    try (Stream<Path> modules = Files.list(api)) {
      return modules
          .map(module -> module.getFileName().toString())
          .sorted()
          .map(module -> "| <a href=\"" + top + "api/" + module + "/index.html\">" + module + "</a>")
          .collect(Collectors.joining(" "));
    }
  }

  /** The page with links to HTML pages instead of Markdown files. */
  private String linked(Path page, String html) throws IOException {
    StringBuilder result = new StringBuilder();
    Matcher link = LINK.matcher(html);
    while (link.find()) {
      String target = link.group(2).matches("[a-z]+:.*") ? link.group(2) : to(page, link.group(2));
      link.appendReplacement(
          result, Matcher.quoteReplacement(link.group(1) + "=\"" + target + "\""));
    }
    return link.appendTail(result).toString();
  }

  private String to(Path page, String link) throws IOException {
    String path = link.replaceFirst("#.*", "");
    String anchor = link.substring(path.length());
    Path folder = page.getParent() == null ? Path.of("") : page.getParent();
    Path file = path.isEmpty() ? page : folder.resolve(path).normalize();
    Path converted = path.isEmpty() ? page : target(file);
    String content = pages.get(converted);
    if (content == null) {
      copy(file, page + ": " + link);
      return link;
    }
    if (!anchor.isEmpty() && !anchors(content).contains(anchor.substring(1))) {
      broken.add(page + ": " + link);
    }
    return path.isEmpty() ? link : folder.relativize(converted) + anchor;
  }

  private static Set<String> anchors(String html) {
    return ANCHOR.matcher(html).results().map(found -> found.group(1)).collect(Collectors.toSet());
  }

  private void copy(Path file, String link) throws IOException {
    Path source = root.resolve(file);
    Path copy = site.resolve(file);
    if (Files.isRegularFile(source)) {
      Files.createDirectories(copy.getParent());
      Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING);
    } else if (!Files.exists(copy)) {
      broken.add(link);
    }
  }
}

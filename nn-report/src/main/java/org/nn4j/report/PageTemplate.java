package org.nn4j.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Templates of the page. Every string is escaped, except the style sheets and scripts of this
 * module. Thread-safe.
 */
final class PageTemplate {
  /** Characters that HTML excludes, and unpaired surrogates, which UTF-8 excludes. */
  private static final Pattern NO_CHARACTER =
      Pattern.compile("[\\p{Cntrl}&&[^\n\t]]|[\uFFFE\uFFFF]|\\p{Cs}");

  private static final Template PAGE =
      Mustache.compiler()
          .withEscaper(PageTemplate::escaped)
          .withLoader(name -> new StringReader(resource(name + ".mustache")))
          .emptyStringIsFalse(true)
          .nullValue("")
          .compile(resource("page.mustache"));

  private static final Map<String, String> PARTS =
      Map.of(
          "style", resource("report.css"),
          "script", resource("report.js"),
          "chartStyle", resource("uplot/uPlot.min.css"),
          "chartScript", resource("uplot/uPlot.iife.min.js"));

  private PageTemplate() {}

  static String html(Page page) {
    StringWriter html = new StringWriter();
    PAGE.execute(page, PARTS, html);
    return html.toString();
  }

  private static String escaped(String text) {
    return Escapers.HTML.escape(NO_CHARACTER.matcher(text).replaceAll("\uFFFD"));
  }

  private static String resource(String name) {
    try (InputStream in = PageTemplate.class.getResourceAsStream(name)) {
      return new String(requireNonNull(in, name).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

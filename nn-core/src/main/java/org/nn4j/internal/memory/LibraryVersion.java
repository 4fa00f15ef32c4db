package org.nn4j.internal.memory;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Version of this library, which the build writes into a resource. Thread-safe. */
public final class LibraryVersion {
  private static final String RESOURCE = "library.properties";
  private static final String PATH =
      LibraryVersion.class.getPackageName().replace('.', '/') + "/" + RESOURCE;

  private LibraryVersion() {}

  /** Returns the version of the class in use. */
  public static String get() {
    return versionIn(requireNonNull(LibraryVersion.class.getResource(RESOURCE)));
  }

  /**
   * Checks that the class loader of this library finds one version of it. Parents of the class
   * loader are not searched: a server may use the library too.
   *
   * @throws IllegalStateException if there are several
   */
  static void requireOne() {
    Map<String, String> places = new TreeMap<>();
    copies().forEach((place, copy) -> places.putIfAbsent(versionIn(copy), place));
    if (places.size() > 1) {
      throw new IllegalStateException(
          "nn4j: expected one version of nn-core on the class path, found "
              + places.entrySet().stream()
                  .map(copy -> copy.getKey() + " in " + copy.getValue())
                  .collect(Collectors.joining(", "))
              + "; remove all but one; mvn dependency:tree shows what adds them");
    }
  }

  private static Map<String, URL> copies() {
    ClassLoader loader = LibraryVersion.class.getClassLoader();
    Map<String, URL> copies = copiesIn(loader);
    if (loader.getParent() != null) {
      copies.keySet().removeAll(copiesIn(loader.getParent()).keySet());
    }
    return copies;
  }

  private static Map<String, URL> copiesIn(ClassLoader loader) {
    try {
      Map<String, URL> copies = new TreeMap<>();
      for (URL copy : Collections.list(loader.getResources(PATH))) {
        copies.put(place(copy), copy);
      }
      return copies;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String versionIn(URL resource) {
    Properties properties = new Properties();
    try (InputStream in = resource.openStream()) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "unknown");
  }

  private static String place(URL resource) {
    String text = resource.toString();
    return text.substring(0, text.length() - PATH.length()).replaceAll("^jar:|!/$", "");
  }
}

package org.nn4j.mnist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
  private static Environment of(Map<String, String> variables, Map<String, String> properties) {
    return new Environment(variables::get, properties::get);
  }

  private static Environment on(String system, Map<String, String> variables) {
    return of(variables, Map.of("os.name", system, "user.home", "/home/ada"));
  }

  @Test
  void cacheIsThePlatformsOwn() {
    assertThat(on("Linux", Map.of()).cache()).isEqualTo(Path.of("/home/ada/.cache/nn4j"));
    assertThat(on("Mac OS X", Map.of()).cache())
        .isEqualTo(Path.of("/home/ada/Library/Caches/nn4j"));
    assertThat(on("Windows 11", Map.of()).cache())
        .isEqualTo(Path.of("/home/ada/AppData/Local/nn4j"));
    assertThat(on("Windows 11", Map.of("LOCALAPPDATA", "/local")).cache())
        .isEqualTo(Path.of("/local/nn4j"));
    assertThat(on("Linux", Map.of("XDG_CACHE_HOME", "/xdg")).cache())
        .isEqualTo(Path.of("/xdg/nn4j"));
  }

  @Test
  void relativeXdgFolderIsIgnoredAsTheSpecificationWants() {
    assertThat(on("Linux", Map.of("XDG_CACHE_HOME", "xdg")).cache())
        .isEqualTo(Path.of("/home/ada/.cache/nn4j"));
  }

  @Test
  void ownVariableComesFirstUnlessItIsBlank() {
    assertThat(on("Linux", Map.of("NN4J_DATA", "/data", "XDG_CACHE_HOME", "/xdg")).cache())
        .isEqualTo(Path.of("/data"));
    assertThat(on("Linux", Map.of("NN4J_DATA", " ")).cache())
        .isEqualTo(Path.of("/home/ada/.cache/nn4j"));
  }

  @Test
  void offlineIsAPropertyOrAVariable() {
    assertThat(of(Map.of(), Map.of()).isOffline()).isFalse();
    for (String on : new String[] {"", "true", "1"}) {
      assertThat(of(Map.of(), Map.of("nn4j.offline", on)).isOffline()).as(on).isTrue();
    }
    assertThat(of(Map.of("NN4J_OFFLINE", "1"), Map.of()).isOffline()).isTrue();
    for (String off : new String[] {"0", "false", "FALSE"}) {
      assertThat(of(Map.of("NN4J_OFFLINE", off), Map.of("nn4j.offline", off)).isOffline())
          .as(off)
          .isFalse();
    }
    assertThat(of(Map.of("NN4J_OFFLINE", ""), Map.of()).isOffline()).isFalse();
  }
}

package org.nn4j.onnx;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.nn4j.Activation;
import org.nn4j.Layer;

/** The simple names of all layers and activations of nn-core. */
final class LibraryPieces {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importPackages("org.nn4j.layer", "org.nn4j.activation", "org.nn4j.model");

  private LibraryPieces() {}

  static List<String> layers() {
    return concrete(Layer.class);
  }

  static List<String> activations() {
    return concrete(Activation.class);
  }

  private static List<String> concrete(Class<?> type) {
    return CLASSES.stream()
        .filter(c -> c.isAssignableTo(type) && !c.isInterface())
        .filter(c -> !c.getModifiers().contains(JavaModifier.ABSTRACT))
        .map(JavaClass::getSimpleName)
        .toList();
  }
}

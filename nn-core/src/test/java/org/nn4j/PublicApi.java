package org.nn4j;

import java.io.IOException;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The public API of the library by reflection, called with sample arguments. */
final class PublicApi {
  private final List<Object> samples;

  /** The first sample of a type is the argument of that type. */
  PublicApi(List<Object> samples) {
    this.samples = new ArrayList<>(samples);
  }

  /** The public types of the module that has a class, but for its internals. */
  static List<Class<?>> types(Class<?> anchor) throws IOException, URISyntaxException {
    Path root = Path.of(anchor.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<Class<?>> types = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted().toList()) {
        String name = root.relativize(file).toString();
        if (name.endsWith(".class")
            && !name.contains("package-info")
            && !name.contains("kernel")
            && !name.contains("internal")) {
          Class<?> type = load(name.replaceAll("\\.class$", "").replaceAll("[/\\\\]", "."));
          if (isPublic(type)) {
            types.add(type);
          }
        }
      }
    }
    return types;
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, PublicApi.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isPublic(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return Modifier.isPublic(type.getModifiers())
        && !type.isAnonymousClass()
        && (outer == null || isPublic(outer));
  }

  /** The constructors and methods that a type declares, in an order that stays. */
  static List<Executable> calls(Class<?> type) {
    List<Executable> calls = new ArrayList<>();
    if (!Modifier.isAbstract(type.getModifiers())) {
      calls.addAll(Arrays.asList(type.getConstructors()));
    }
    for (Method method : type.getDeclaredMethods()) {
      boolean own = !method.isSynthetic() && !method.getName().equals("equals");
      if (own && Modifier.isPublic(method.getModifiers())) {
        calls.add(method);
      }
    }
    calls.sort(Comparator.comparing(Executable::toGenericString));
    return calls;
  }

  /** A call of a method or constructor, and of which object. */
  record Call(Executable what, @Nullable Object on, List<@Nullable Object> arguments) {
    /** What it returns; what it throws is thrown. */
    @Nullable Object run() throws Throwable {
      try {
        what.setAccessible(true);
        Object[] all = arguments.toArray();
        return what instanceof Method method
            ? method.invoke(on, all)
            : ((Constructor<?>) what).newInstance(all);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }

  void add(Object sample) {
    if (samples.stream().noneMatch(known -> known.getClass() == sample.getClass())) {
      samples.add(sample);
    }
  }

  /** The calls with sample arguments: of a static method one, else one for each object. */
  List<Call> callsOf(Executable what) {
    List<@Nullable Object> arguments = new ArrayList<>();
    for (Type type : what.getGenericParameterTypes()) {
      Object argument = sample(type);
      if (argument == null) {
        return List.of();
      }
      arguments.add(argument);
    }
    if (Modifier.isStatic(what.getModifiers()) || what instanceof Constructor) {
      return List.of(new Call(what, null, arguments));
    }
    return samples.stream()
        .filter(what.getDeclaringClass()::isInstance)
        .map(object -> new Call(what, object, arguments))
        .toList();
  }

  /** Whether null is a value of a parameter. */
  static boolean mayBeNull(Executable what, int index) {
    AnnotatedType type = what.getAnnotatedParameterTypes()[index];
    return what.getParameterTypes()[index].isPrimitive()
        || type.isAnnotationPresent(Nullable.class);
  }

  /** An argument of a type, or null if there is no sample. */
  @Nullable Object sample(Type type) {
    if (type instanceof WildcardType wildcard) {
      return sample(wildcard.getUpperBounds()[0]);
    }
    if (type instanceof ParameterizedType generic) {
      Class<?> raw = (Class<?>) generic.getRawType();
      Type[] of = generic.getActualTypeArguments();
      Object first = sample(of[0]);
      if (first != null && (raw == List.class || raw == Iterable.class)) {
        return List.of(first);
      }
      if (first != null && raw == java.util.Iterator.class) {
        return List.of(first).iterator();
      }
      if (first != null && raw == Optional.class) {
        return Optional.of(first);
      }
      Object second = of.length == 2 ? sample(of[1]) : null;
      if (first != null && second != null && raw == Map.class) {
        return Map.of(first, second);
      }
      return sample(raw);
    }
    if (!(type instanceof Class<?> raw)) {
      return type instanceof java.lang.reflect.TypeVariable ? "any" : null;
    }
    if (raw == boolean.class) {
      return true;
    }
    if (raw.isPrimitive()) {
      return Array.get(Array.newInstance(raw, 1), 0) instanceof Number ? number(raw) : ',';
    }
    for (Object sample : samples) {
      if (raw.isInstance(sample) && (raw != Object.class)) {
        return sample;
      }
    }
    if (raw.isEnum()) {
      return raw.getEnumConstants()[0];
    }
    if (raw == Class.class) {
      return String.class;
    }
    if (raw.isAnnotationPresent(FunctionalInterface.class)) {
      return Proxy.newProxyInstance(
          PublicApi.class.getClassLoader(), new Class<?>[] {raw}, (proxy, method, all) -> null);
    }
    if (raw.isArray()) {
      Object element = sample(raw.getComponentType());
      if (element == null) {
        return null;
      }
      Object array = Array.newInstance(raw.getComponentType(), 1);
      Array.set(array, 0, element);
      return array;
    }
    return raw == Object.class ? "an object" : null;
  }

  private static Object number(Class<?> type) {
    Map<Class<?>, Object> ones =
        Map.of(
            int.class,
            1,
            long.class,
            1L,
            double.class,
            0.5,
            float.class,
            0.5F,
            byte.class,
            (byte) 1,
            short.class,
            (short) 1);
    Object one = ones.get(type);
    if (one == null) {
      throw new AssertionError(type);
    }
    return one;
  }
}

package org.nn4j.docs;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The equations of docs/maths.md that a test executes, word by word; {@link MathsTest} compares.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Maths {
  /** Each with its number, such as {@code (M13) a = tanh z, dz = (1 − a²) da}. */
  String[] value();
}

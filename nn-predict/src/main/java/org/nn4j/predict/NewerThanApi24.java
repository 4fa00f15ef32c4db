package org.nn4j.predict;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that uses classes which API level 24 of Android lacks: {@code java.nio.file},
 * records.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
@interface NewerThanApi24 {}

package org.nn4j.predict;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a method that needs API level 26 on Android: {@code java.nio.file} is missing before. */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
@interface NeedsApi26 {}

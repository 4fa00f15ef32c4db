package org.nn4j.predict;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a method that API level 24 of Android cannot run, and that is not called there. */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
@interface NewerThanApi24 {}

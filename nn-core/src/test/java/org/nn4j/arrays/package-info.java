/** Arrays of any layout, data type and workspace, at every entry of the library. */
@org.jspecify.annotations.NullUnmarked
package org.nn4j.arrays;

/** An application that is a module. */
module com.example.modular {
  requires org.nn4j.core;
}

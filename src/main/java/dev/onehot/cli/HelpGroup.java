package dev.onehot.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The heading that options have in a command's help: of one option, or of all options of a class
 * that have none of their own. Options without a heading come last.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.FIELD})
@interface HelpGroup {

  String MODEL = "Model";
  String DATA = "Data";
  String FORMATS = "Formats";
  String OUTPUT = "Output";

  /** The heading. */
  String value();
}

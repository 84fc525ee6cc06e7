/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.cli;

import java.util.List;
import org.apache.commons.text.WordUtils;

/** Prints the help of a pipeline from the declarations of its options. */
public final class Help {
  private static final int WIDTH = 92;
  private static final String INDENT = "      ";

  private Help() {}

  public static String of(String verb, String about, OptionCatalog catalog) {
    StringBuilder help = new StringBuilder();
    help.append("sluice ").append(verb).append(": ").append(about).append("\n");
    for (Group.Heading heading : Group.Heading.values()) {
      if (!catalog.under(heading).isEmpty()) {
        help.append("\n").append(heading.text()).append("\n");
        catalog.under(heading).forEach(option -> append(help, option));
      }
    }
    return help.append("\nOptions of Beam and of the runner are accepted too.\n").toString();
  }

  private static void append(StringBuilder help, OptionCatalog.Option option) {
    help.append("  --").append(option.name());
    if (!option.isFlag()) {
      help.append("=").append(valueOf(option));
    }
    help.append("\n");
    String text = option.description();
    if (!option.defaultText().isEmpty()) {
      text += " Default: " + option.defaultText() + ".";
    }
    help.append(INDENT)
        .append(WordUtils.wrap(text, WIDTH - INDENT.length(), "\n" + INDENT, false))
        .append("\n");
  }

  private static String valueOf(OptionCatalog.Option option) {
    if (!option.choices().isEmpty()) {
      return String.join("|", option.choices());
    }
    boolean number = option.type().isPrimitive() || Number.class.isAssignableFrom(option.type());
    return number ? "NUMBER" : option.type() == List.class ? "A,B,..." : "VALUE";
  }
}

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.ion;

import io.sluice.format.Format;
import io.sluice.format.FormatDefinition;
import io.sluice.format.OutputDefinition;
import io.sluice.format.ReaderSettings;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Defines files of Ion text, one item a value: `$ion_1_0 {Item:{pk:"a",n:1.}}`. */
public final class IonDefinition implements FormatDefinition {

  @Override
  public String purpose() {
    return "Amazon Ion as text, as in native exports";
  }

  @Override
  public Set<String> extensions() {
    return Set.of("ion");
  }

  /** {@inheritDoc} Binary Ion is recognised, too, so that it is refused by name. */
  @Override
  public boolean hasMagic(byte[] head, boolean isNamed) {
    return IonText.begins(head, IonText.MARKER) || IonText.begins(head, IonText.BINARY_MARKER);
  }

  @Override
  public Format reader(ReaderSettings settings, Map<String, FormatDefinition> others) {
    return new IonFormat();
  }

  @Override
  public Optional<OutputDefinition> output() {
    return Optional.of(new IonOutput());
  }
}

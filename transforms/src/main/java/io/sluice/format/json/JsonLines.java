/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import io.sluice.format.stream.LineSink;
import io.sluice.format.stream.PlainValues;
import io.sluice.item.ItemCursor;
import java.io.IOException;
import java.io.OutputStream;

/** Writes lines of plain JSON; see {@link PlainValues}. */
public final class JsonLines implements LineSink.Lines {
  public static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private final JsonGenerator json;

  public JsonLines(OutputStream out) throws IOException {
    this.json = FACTORY.createGenerator(out);
    json.setRootValueSeparator(new SerializedString(""));
  }

  @Override
  public void write(ItemCursor item) throws IOException {
    PlainValues.object(item, json);
    json.writeRaw('\n');
  }

  @Override
  public void flush() throws IOException {
    json.close();
  }
}

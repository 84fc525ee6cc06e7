/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazon.ion.IonType;
import com.amazon.ion.IonWriter;
import com.amazon.ion.system.IonTextWriterBuilder;
import io.sluice.localaws.dynamodb.value.Bytes;
import io.sluice.localaws.dynamodb.value.Value;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.Map;

/**
 * Writes records as Ion text, each with a version marker of its own: numbers are decimals, and sets
 * are lists with an annotation.
 */
final class IonRecordWriter implements RecordWriter {

  static final String STRINGS = "$dynamodb_SS";
  static final String NUMBERS = "$dynamodb_NS";
  static final String BINARIES = "$dynamodb_BS";

  private static final IonTextWriterBuilder ION =
      IonTextWriterBuilder.standard().withWriteTopLevelValuesOnNewLines(false);
  private static final String MARKER = "$ion_1_0 ";

  private final Writer out;

  IonRecordWriter(OutputStream out) {
    this.out = new BufferedWriter(new OutputStreamWriter(out, UTF_8));
  }

  @Override
  public void write(Map<String, Map<String, Value>> members) throws IOException {
    StringBuilder text = new StringBuilder(MARKER);
    try (IonWriter ion = ION.build(text)) {
      ion.stepIn(IonType.STRUCT);
      boolean wrapped = !members.containsKey("Item");
      if (wrapped) {
        ion.setFieldName("Record");
        ion.stepIn(IonType.STRUCT);
      }
      for (Map.Entry<String, Map<String, Value>> member : members.entrySet()) {
        ion.setFieldName(member.getKey());
        writeMap(ion, member.getValue());
      }
      if (wrapped) {
        ion.stepOut();
      }
      ion.stepOut();
    }
    out.append(text).append('\n');
  }

  private static void writeMap(IonWriter ion, Map<String, Value> values) throws IOException {
    ion.stepIn(IonType.STRUCT);
    for (Map.Entry<String, Value> attribute : values.entrySet()) {
      ion.setFieldName(attribute.getKey());
      write(ion, attribute.getValue());
    }
    ion.stepOut();
  }

  private static void write(IonWriter ion, Value value) throws IOException {
    if (value instanceof Value.S s) {
      ion.writeString(s.text());
    } else if (value instanceof Value.N n) {
      ion.writeDecimal(n.number());
    } else if (value instanceof Value.B b) {
      ion.writeBlob(b.bytes().toArray());
    } else if (value instanceof Value.Bool bool) {
      ion.writeBool(bool.bool());
    } else if (value instanceof Value.Null) {
      ion.writeNull();
    } else if (value instanceof Value.M m) {
      writeMap(ion, m.values());
    } else {
      writeList(ion, value);
    }
  }

  private static void writeList(IonWriter ion, Value value) throws IOException {
    if (value instanceof Value.SS) {
      ion.addTypeAnnotation(STRINGS);
    } else if (value instanceof Value.NS) {
      ion.addTypeAnnotation(NUMBERS);
    } else if (value instanceof Value.BS) {
      ion.addTypeAnnotation(BINARIES);
    }
    ion.stepIn(IonType.LIST);
    if (value instanceof Value.L l) {
      for (Value element : l.values()) {
        write(ion, element);
      }
    } else if (value instanceof Value.SS ss) {
      for (String text : ss.texts()) {
        ion.writeString(text);
      }
    } else if (value instanceof Value.NS ns) {
      for (BigDecimal number : ns.numbers()) {
        ion.writeDecimal(number);
      }
    } else if (value instanceof Value.BS bs) {
      for (Bytes bytes : bs.binaries()) {
        ion.writeBlob(bytes.toArray());
      }
    }
    ion.stepOut();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}

#!/usr/bin/env bash
# Avro for Java drops a logical type that does not fit its type: no exception, and a warning in the log that names no
# column ("Ignoring invalid logical type for name: decimal"). A decimal of precision
# 20 needs 9 bytes; declared on a fixed of 4, the schema is accepted, getLogicalType() is null, and values come as four
# raw bytes in place of numbers. The specification asks for it ("implementations must ignore" an invalid logical
# type), but a wrong precision in one schema turns a column of numbers into bytes. Sluice reads the values by what Avro
# leaves: such a column becomes B and not N. See "decimal" under AVRO in src/docs/formats.md.
source "$(dirname "$0")/common.sh"

for version in 1.11.4 1.12.0; do
  run_java "org.apache.avro:avro:$version" <<'JAVA'
import java.nio.ByteBuffer;
import java.io.ByteArrayOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.Conversions;

public class Main {
  public static void main(String[] args) throws Exception {
    String field = "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"price\",\"type\":"
        + "{\"type\":\"fixed\",\"name\":\"F\",\"size\":%d,\"logicalType\":\"decimal\",\"precision\":20,\"scale\":2}}]}";
    boolean same = true;
    System.out.println("Avro " + Schema.class.getPackage().getImplementationVersion());
    for (int size : new int[] {9, 4}) {
      Schema schema = new Schema.Parser().parse(field.formatted(size));
      Schema type = schema.getField("price").schema();
      GenericRecord record = new GenericData.Record(schema);
      byte[] bytes = new byte[size];
      bytes[size - 1] = 99;
      record.put("price", new GenericData.Fixed(type, bytes));
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema))) {
        writer.create(schema, file);
        writer.append(record);
      }
      GenericData data = new GenericData();
      data.addLogicalTypeConversion(new Conversions.DecimalConversion());
      try (DataFileReader<GenericRecord> reader = new DataFileReader<>(
          new SeekableByteArrayInput(file.toByteArray()), new GenericDatumReader<>(null, null, data))) {
        Object value = reader.next().get("price");
        System.out.printf("  decimal(20,2) on a fixed of %d bytes: logical type %s, read as %s %s%n", size,
            type.getLogicalType() == null ? "none" : type.getLogicalType().getName(), value.getClass().getSimpleName(), value);
        same &= size == 9
            ? value.equals(new java.math.BigDecimal("0.99"))
            : type.getLogicalType() == null && value instanceof GenericData.Fixed;
      }
    }
    System.out.println(same ? "As described: the second is no decimal, without an error." : "The behaviour has changed.");
    System.exit(same ? 0 : 1);
  }
}
JAVA
done

/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.lookup;

import io.sluice.format.FileCompression;
import io.sluice.format.csv.CsvFormat;
import io.sluice.pipelines.cli.Group;
import io.sluice.pipelines.cli.OneOf;
import io.sluice.pipelines.table.ReadBudgetOptions;
import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The options of a lookup; {@link LookupPlan} defines their joint meaning. */
public interface LookupOptions extends ReadBudgetOptions {

  @Group(Group.Heading.INPUT)
  @Description(
      "Files of events, separated by commas: file names, folders (only the files directly in them),"
          + " or globs with *, ?, [abc], [!abc], and ** for folders of any depth. Files may be plain"
          + " or compressed with gzip, bzip2 or zstd.")
  @Nullable List<String> getInput();

  void setInput(List<String> value);

  @Group(Group.Heading.INPUT)
  @Description(
      "UTF-8 file with the names of files to read, one per line, taken literally. Used instead of"
          + " --input or together with it.")
  @Nullable String getInputList();

  void setInputList(String value);

  @Group(Group.Heading.INPUT)
  @Description(
      "Look again at this interval, such as 1m or 1h, and take the files that have arrived, each"
          + " once, until the program is stopped or a run fails. The events of each run are in a"
          + " folder of --output, named by a number. Default: run once.")
  @Nullable String getEvery();

  void setEvery(String value);

  @Group(Group.Heading.INPUT)
  @Description(
      "Format of the events: JSON, an object a line, in an array or in {\"Records\":[...]}, or CSV. AUTO recognises it by file names and"
          + " contents.")
  @OneOf(EventFormatNames.class)
  @Default.String(EventFormatNames.AUTO)
  String getFormat();

  void setFormat(String value);

  @Group(Group.Heading.INPUT)
  @Description(
      "Compression of the files. AUTO goes by the first bytes of each file, whatever its name;"
          + " GZIP, BZIP2, ZSTD and NONE apply to all files. What is written is not compressed.")
  @Default.Enum("AUTO")
  FileCompression getCompression();

  void setCompression(FileCompression value);

  @Group(Group.Heading.CSV)
  @Description(
      "Column names, separated by commas, for files without a header line. Default: the first"
          + " record of each file.")
  @Nullable List<String> getCsvHeader();

  void setCsvHeader(List<String> value);

  @Group(Group.Heading.CSV)
  @Description(
      "Field delimiter: 1 to 8 characters, or `tab`. Default: the one in a first line such as"
          + " sep=; if there is one, otherwise a comma, or a tab for .tsv files.")
  @Nullable String getCsvDelimiter();

  void setCsvDelimiter(String value);

  @Group(Group.Heading.CSV)
  @Description(
      "ALLOWED if quoted fields may contain newlines; each file is then read by a single reader."
          + " NEVER lets several readers share a large file.")
  @Default.Enum("ALLOWED")
  CsvFormat.QuotedNewlines getCsvQuotedNewlines();

  void setCsvQuotedNewlines(CsvFormat.QuotedNewlines value);

  @Group(Group.Heading.TABLE)
  @Description("Name of the table that events are looked up in.")
  @Nullable String getLookupTable();

  void setLookupTable(String value);

  @Group(Group.Heading.TABLE)
  @Description(
      "Where an event has the table's key: a path into the JSON, such as product.id, with indexes of"
          + " arrays from 0, or the name of a column. With a sort key, one path for each attribute:"
          + " customer=user.id,order=id.")
  @Nullable List<String> getLookupKey();

  void setLookupKey(List<String> value);

  /** Which events are kept. */
  enum Where {
    PRESENT,
    ABSENT
  }

  @Group(Group.Heading.TABLE)
  @Description(
      "Keep the events whose key the table has (PRESENT) or lacks (ABSENT). Default: all, with"
          + " --enrich.")
  @Nullable Where getWhere();

  void setWhere(Where value);

  @Group(Group.Heading.TABLE)
  @Description(
      "Attributes of the item to add to events, separated by commas, as members of the JSON or as"
          + " columns: title,price, or productPrice=price to call it otherwise there.")
  @Nullable List<String> getEnrich();

  void setEnrich(List<String> value);

  /** How the table is read. */
  enum By {
    AUTO,
    KEYS,
    SCAN
  }

  @Group(Group.Heading.TABLE)
  @Description(
      "Read the KEYS of events, or take the whole table by one SCAN, which each JVM then holds. AUTO"
          + " scans a table of up to 32 MB where that costs fewer read units, as far as can be known"
          + " before: DynamoDB's count of the table may be six hours old.")
  @Default.Enum("AUTO")
  By getLookupBy();

  void setLookupBy(By value);

  @Group(Group.Heading.TABLE)
  @Description(
      "Use strongly consistent reads, which see the latest writes and take twice the read units.")
  @Default.Boolean(false)
  boolean isConsistentRead();

  void setConsistentRead(boolean value);

  @Group(Group.Heading.TABLE)
  @Description(
      "How old an answer of the table may be, such as 30s or 1h: for as long, a key that was read is"
          + " not read again.")
  @Default.String("5m")
  String getCacheFor();

  void setCacheFor(String value);

  @Group(Group.Heading.TABLE)
  @Description(
      "Memory for answers in each JVM, such as 512MB. Default: an eighth of the heap; a key takes"
          + " about 300 bytes.")
  @Nullable String getCacheSize();

  void setCacheSize(String value);

  @Group(Group.Heading.TABLE)
  @Description(
      "Look up and count, but write nothing. It reads the table, and reports the read units that it"
          + " took.")
  @Default.Boolean(false)
  boolean isDryRun();

  void setDryRun(boolean value);

  @Group(Group.Heading.OUTPUT)
  @Description(
      "Folder for the events that are kept, such as s3://bucket/clicks-of-products; it must be empty,"
          + " except with --every."
          + " It has all of them when it has _SUCCESS.")
  @Nullable String getOutput();

  void setOutput(String value);

  @Group(Group.Heading.REJECTIONS)
  @Description(
      "Files for the report, such as report.json,report.html: a page for a browser if the name ends"
          + " in .html, otherwise JSON. Existing files are replaced. Default: none.")
  @Nullable List<String> getReport();

  void setReport(List<String> value);

  @Group(Group.Heading.REJECTIONS)
  @Description(
      "Folder for rejected events, as JSON lines with file, offset and reason; each run makes a new"
          + " folder in it. Default: none; the report lists the first ten without their contents.")
  @Nullable String getRejects();

  void setRejects(String value);

  @Group(Group.Heading.REJECTIONS)
  @Description(
      "Maximum number of rejections. If there are more, the exit code is 3 and nothing is written."
          + " Above 0, --rejects is needed.")
  @Default.Long(0)
  long getMaxRejects();

  void setMaxRejects(long value);
}

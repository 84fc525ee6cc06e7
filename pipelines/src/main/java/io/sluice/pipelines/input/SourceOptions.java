/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import io.sluice.dedupe.DuplicatePolicy;
import io.sluice.format.FileCompression;
import io.sluice.format.csv.CsvFormat;
import io.sluice.format.csv.CsvValues;
import io.sluice.format.datapipeline.DataPipelineManifest;
import io.sluice.format.registry.FileFormat;
import io.sluice.pipelines.cli.Group;
import io.sluice.pipelines.cli.OneOf;
import io.sluice.pipelines.table.TableOptions;
import io.sluice.source.OpColumn;
import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What is read and how it is keyed: the options that all pipelines share that read files. */
public interface SourceOptions extends TableOptions {

  @Group(Group.Heading.INPUT)
  @Description(
      "Files to read, separated by commas: names, folders (the files in them, not those in folders"
          + " in them), or globs with *, ?, [abc], [!abc] and ** for folders of any depth, such as"
          + " s3://bucket/trips/*.csv; \\ before a character takes its meaning. Plain, or compressed"
          + " by gzip, bzip2 or zstd.")
  @Nullable List<String> getInput();

  void setInput(List<String> value);

  @Group(Group.Heading.INPUT)
  @Description(
      "A file of UTF-8 with names of files to read, one a line, taken as they are: commas and"
          + " wildcards mean nothing in it. In place of --input, or beside it.")
  @Nullable String getInputList();

  void setInputList(String value);

  @Group(Group.Heading.INPUT)
  @Description("Format of the input; AUTO goes by the files' names and beginnings.")
  @OneOf(InputFormatNames.class)
  @Default.String(InputFormatNames.AUTO)
  String getFormat();

  void setFormat(String value);

  @Group(Group.Heading.INPUT)
  @Description(
      "Files that the manifest of a Data Pipeline backup lists outside of its own folder: BESIDE"
          + " reads those of the same name beside it, as in a backup that was copied; READ reads"
          + " them where they are, and does not go with --onSuccess=DELETE.")
  @Default.Enum("BESIDE")
  DataPipelineManifest.Elsewhere getManifestElsewhere();

  void setManifestElsewhere(DataPipelineManifest.Elsewhere value);

  @Group(Group.Heading.INPUT)
  @Description(
      "How the files are compressed: AUTO goes by the first bytes of each, whatever its name is;"
          + " GZIP, BZIP2, ZSTD or NONE say it of all.")
  @Default.Enum("AUTO")
  FileCompression getCompression();

  void setCompression(FileCompression value);

  @Group(Group.Heading.INPUT)
  @Description(
      "Attributes that the folders of each file name, as name:TYPE separated by commas: dt:S takes"
          + " 2024-01-31 from dt=2024-01-31/. Types as in --columns. Default: none.")
  @Nullable List<String> getPathColumns();

  void setPathColumns(List<String> value);

  @Group(Group.Heading.INPUT)
  @Description(
      "JSON and DYNAMODB_JSON: the list whose elements are the records, by the members and the places"
          + " in lists, from 0, that lead to it: data.rows for {\"data\":{\"rows\":[...]}}.")
  @ForFormats({FileFormat.JSON, FileFormat.DYNAMODB_JSON})
  @Nullable String getRecordPath();

  void setRecordPath(String value);

  @Group(Group.Heading.CSV)
  @Description(
      "Names of the columns, separated by commas, for files without a header line. Default: the"
          + " first record of each file.")
  @ForFormats(FileFormat.CSV)
  @Nullable List<String> getCsvHeader();

  void setCsvHeader(List<String> value);

  @Group(Group.Heading.CSV)
  @Description(
      "Field delimiter: 1 to 8 characters, or `tab`. Default: the one that a first line sep=;"
          + " names, else a comma; tab for .tsv.")
  @ForFormats(FileFormat.CSV)
  @Nullable String getCsvDelimiter();

  void setCsvDelimiter(String value);

  @Group(Group.Heading.CSV)
  @Description(
      "The character that takes its meaning from the one behind it, such as \\ in files of MySQL"
          + " and Redshift. Default: none, a quote inside quotes is doubled.")
  @ForFormats(FileFormat.CSV)
  @Nullable String getCsvEscape();

  void setCsvEscape(String value);

  @Group(Group.Heading.CSV)
  @Description("The character with which lines begin that are comments. Default: none.")
  @ForFormats(FileFormat.CSV)
  @Nullable String getCsvComment();

  void setCsvComment(String value);

  @Group(Group.Heading.CSV)
  @Description("How many lines are before the header of each file.")
  @Default.Integer(0)
  @ForFormats(FileFormat.CSV)
  int getCsvSkipLines();

  void setCsvSkipLines(int value);

  @Group(Group.Heading.CSV)
  @Description(
      "Character set of the files, such as windows-1252 or UTF-16LE. Default: UTF-8, or what a byte"
          + " order mark says.")
  @ForFormats(FileFormat.CSV)
  @Nullable String getEncoding();

  void setEncoding(String value);

  @Group(Group.Heading.CSV)
  @Description("Numbers have a comma before their fraction: 1234,5 is 1234.5.")
  @ForFormats(FileFormat.CSV)
  boolean isDecimalComma();

  void setDecimalComma(boolean value);

  @Group(Group.Heading.CSV)
  @Description(
      "ALLOWED if quoted fields may hold newlines, so that each file is read by one reader;"
          + " NEVER to read a large file by many.")
  @Default.Enum("ALLOWED")
  @ForFormats(FileFormat.CSV)
  CsvFormat.QuotedNewlines getCsvQuotedNewlines();

  void setCsvQuotedNewlines(CsvFormat.QuotedNewlines value);

  @Group(Group.Heading.CSV)
  @Description(
      "CSV and JSON: types of columns as name:TYPE separated by commas; S, N, BOOL or B (Base64). Key"
          + " attributes have the table's type, others are S.")
  @ForFormats({FileFormat.CSV, FileFormat.JSON})
  @Nullable List<String> getColumns();

  void setColumns(List<String> value);

  @Group(Group.Heading.CSV)
  @Description(
      "The value of an empty field: OMIT leaves the attribute out, EMPTY makes an empty"
          + " string, NULL an attribute of type NULL.")
  @Default.Enum("OMIT")
  @ForFormats(FileFormat.CSV)
  CsvValues.EmptyAs getEmptyAs();

  void setEmptyAs(CsvValues.EmptyAs value);

  @Group(Group.Heading.CSV)
  @Description("A text that stands for an empty field, for example NULL. Default: none.")
  @ForFormats(FileFormat.CSV)
  @Nullable String getNullValue();

  void setNullValue(String value);

  @Group(Group.Heading.TEXT)
  @Description("The attribute that a line becomes.")
  @Default.String("text")
  @ForFormats(FileFormat.TEXT)
  String getTextAttribute();

  void setTextAttribute(String value);

  @Group(Group.Heading.TEXT)
  @Description("Lines with fewer characters are skipped, and counted.")
  @Default.Integer(1)
  @ForFormats(FileFormat.TEXT)
  int getMinLength();

  void setMinLength(int value);

  @Group(Group.Heading.INPUT)
  @Description(
      "A first column named Op with only I, U and D: CHANGES says that the file holds changes of"
          + " AWS DMS, which are refused; ATTRIBUTE that it is a column like any other.")
  @Default.Enum("CHANGES")
  OpColumn getOpColumn();

  void setOpColumn(OpColumn value);

  @Group(Group.Heading.KEYS)
  @Description(
      "Where the partition key comes from: RECORD (the record has it), md5 or sha256 (upper-case"
          + " hex of the record's bytes without its line end), or columns separated by commas, joined"
          + " by | with \\ before a | or \\ inside.")
  @Default.String("RECORD")
  String getKeyFrom();

  void setKeyFrom(String value);

  @Group(Group.Heading.KEYS)
  @Description(
      "Which of several items with one primary key is written. DISTINCT: one of those that are"
          + " alike in every attribute, the others are rejected; FAIL: the first by file and"
          + " offset, all others are rejected; LATEST or FIRST: the one with the greatest or least"
          + " --orderBy, then the last or first by file and offset; NONE: all, in no order.")
  @Default.Enum("DISTINCT")
  DuplicatePolicy getDedupe();

  void setDedupe(DuplicatePolicy value);

  @Group(Group.Heading.KEYS)
  @Description("The attribute that --dedupe=LATEST or FIRST compares. Default: file and offset.")
  @Nullable String getOrderBy();

  void setOrderBy(String value);

  @Group(Group.Heading.REJECTIONS)
  @Description(
      "Folder for the rejected records, as JSON lines with file, offset and reason, in a new folder"
          + " of each run. Default: the report has the first ten, without their contents.")
  @Nullable String getRejects();

  void setRejects(String value);

  @Group(Group.Heading.KEYS)
  @Description(
      "The least number of shards over which the items are spread before they are written.")
  @Default.Integer(25)
  int getShards();

  void setShards(int value);
}

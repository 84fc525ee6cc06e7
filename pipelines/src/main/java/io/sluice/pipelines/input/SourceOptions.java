/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import io.sluice.dedupe.DuplicatePolicy;
import io.sluice.format.FileCompression;
import io.sluice.format.ManifestElsewhere;
import io.sluice.format.csv.CsvFormat;
import io.sluice.format.csv.CsvValues;
import io.sluice.format.registry.FileFormat;
import io.sluice.pipelines.cli.Group;
import io.sluice.pipelines.cli.OneOf;
import io.sluice.source.OpColumn;
import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The options for reading items and making keys, shared by all pipelines that read them. */
public interface SourceOptions extends JdbcOptions {

  @Group(Group.Heading.INPUT)
  @Description(
      "Files to read, separated by commas: file names, folders (only the files directly in them),"
          + " or globs with *, ?, [abc], [!abc], and ** for folders of any depth, such as"
          + " s3://bucket/trips/*.csv. A \\ before a character makes it literal. Files may be"
          + " plain or compressed with gzip, bzip2 or zstd.")
  @Nullable List<String> getInput();

  void setInput(List<String> value);

  @Group(Group.Heading.INPUT)
  @Description(
      "UTF-8 file with the names of files to read, one per line, taken literally: commas and"
          + " wildcards have no meaning. Used instead of --input or together with it.")
  @Nullable String getInputList();

  void setInputList(String value);

  @Group(Group.Heading.INPUT)
  @Description("Format of the input. AUTO recognises it by file names and contents.")
  @OneOf(InputFormatNames.class)
  @Default.String(InputFormatNames.AUTO)
  String getFormat();

  void setFormat(String value);

  @Group(Group.Heading.INPUT)
  @Description(
      "Where to read files that the manifest of a Data Pipeline backup or of a native export lists"
          + " outside its own folder. BESIDE: files of the same name next to the manifest, or in"
          + " the export's data folder, as in a copy. READ: where the manifest says; not allowed"
          + " with --onSuccess=DELETE.")
  @Default.Enum("BESIDE")
  ManifestElsewhere getManifestElsewhere();

  void setManifestElsewhere(ManifestElsewhere value);

  @Group(Group.Heading.INPUT)
  @Description(
      "Read the files that the manifest of a native export lists without comparing their counts and"
          + " checksums with it, as for a manifest that was edited.")
  @Default.Boolean(false)
  @ForFormats({FileFormat.DYNAMODB_JSON, FileFormat.ION})
  boolean isSkipChecks();

  void setSkipChecks(boolean value);

  @Group(Group.Heading.INPUT)
  @Description(
      "Compression of the files. AUTO goes by the first bytes of each file, whatever its name;"
          + " GZIP, BZIP2, ZSTD and NONE apply to all files.")
  @Default.Enum("AUTO")
  FileCompression getCompression();

  void setCompression(FileCompression value);

  @Group(Group.Heading.INPUT)
  @Description(
      "Attributes to take from folder names such as dt=2024-01-31/, as name:TYPE, separated by"
          + " commas: dt:S sets dt to 2024-01-31. Types: S, N, BOOL or B. Default: none.")
  @Nullable List<String> getPathColumns();

  void setPathColumns(List<String> value);

  @Group(Group.Heading.INPUT)
  @Description(
      "For JSON and DYNAMODB_JSON: path to the list whose elements are the records. Its steps are"
          + " member names and list indexes from 0, such as data.rows for"
          + " {\"data\":{\"rows\":[...]}}.")
  @ForFormats({FileFormat.JSON, FileFormat.DYNAMODB_JSON})
  @Nullable String getRecordPath();

  void setRecordPath(String value);

  @Group(Group.Heading.CSV)
  @Description(
      "Column names, separated by commas, for files without a header line. Default: the first"
          + " record of each file.")
  @ForFormats(FileFormat.CSV)
  @Nullable List<String> getCsvHeader();

  void setCsvHeader(List<String> value);

  @Group(Group.Heading.CSV)
  @Description(
      "Field delimiter: 1 to 8 characters, or `tab`. Default: the one in a first line such as"
          + " sep=; if there is one, otherwise a comma, or a tab for .tsv files.")
  @ForFormats(FileFormat.CSV)
  @Nullable String getCsvDelimiter();

  void setCsvDelimiter(String value);

  @Group(Group.Heading.CSV)
  @Description(
      "Escape character, which makes the next character literal, such as \\ in files from MySQL"
          + " and Redshift. Default: none; a quote inside quotes is doubled.")
  @ForFormats(FileFormat.CSV)
  @Nullable String getCsvEscape();

  void setCsvEscape(String value);

  @Group(Group.Heading.CSV)
  @Description("Character that begins a comment line. Default: none.")
  @ForFormats(FileFormat.CSV)
  @Nullable String getCsvComment();

  void setCsvComment(String value);

  @Group(Group.Heading.CSV)
  @Description("Number of lines to skip before the header of each file.")
  @Default.Integer(0)
  @ForFormats(FileFormat.CSV)
  int getCsvSkipLines();

  void setCsvSkipLines(int value);

  @Group(Group.Heading.CSV)
  @Description(
      "Character set of the files, such as windows-1252 or UTF-16LE. Default: the one of the byte"
          + " order mark, otherwise UTF-8.")
  @ForFormats(FileFormat.CSV)
  @Nullable String getEncoding();

  void setEncoding(String value);

  @Group(Group.Heading.CSV)
  @Description("Numbers have a decimal comma: 1234,5 is 1234.5.")
  @ForFormats(FileFormat.CSV)
  boolean isDecimalComma();

  void setDecimalComma(boolean value);

  @Group(Group.Heading.CSV)
  @Description(
      "Names of columns are paths: address.city becomes the attribute city of the map address, and"
          + " a\\.b the attribute a.b. Key attributes keep their names.")
  @ForFormats(FileFormat.CSV)
  boolean isNestColumns();

  void setNestColumns(boolean value);

  @Group(Group.Heading.CSV)
  @Description(
      "ALLOWED if quoted fields may contain newlines; each file is then read by a single reader."
          + " NEVER lets several readers share a large file.")
  @Default.Enum("ALLOWED")
  @ForFormats(FileFormat.CSV)
  CsvFormat.QuotedNewlines getCsvQuotedNewlines();

  void setCsvQuotedNewlines(CsvFormat.QuotedNewlines value);

  @Group(Group.Heading.CSV)
  @Description(
      "For CSV and JSON: types of columns, as name:TYPE, separated by commas. Types: S, N, BOOL,"
          + " B (Base64), L and M (JSON), SS, NS and BS (a JSON array), JSON (of any type). Default:"
          + " the table's types for key attributes, S for others.")
  @ForFormats({FileFormat.CSV, FileFormat.JSON})
  @Nullable List<String> getColumns();

  void setColumns(List<String> value);

  @Group(Group.Heading.CSV)
  @Description(
      "Value of an empty field: OMIT leaves the attribute out, EMPTY stores an empty string, NULL"
          + " stores an attribute of type NULL.")
  @Default.Enum("OMIT")
  @ForFormats(FileFormat.CSV)
  CsvValues.EmptyAs getEmptyAs();

  void setEmptyAs(CsvValues.EmptyAs value);

  @Group(Group.Heading.CSV)
  @Description("Text that is treated as an empty field, for example NULL. Default: none.")
  @ForFormats(FileFormat.CSV)
  @Nullable String getNullValue();

  void setNullValue(String value);

  @Group(Group.Heading.TEXT)
  @Description("Attribute that holds the line.")
  @Default.String("text")
  @ForFormats(FileFormat.TEXT)
  String getTextAttribute();

  void setTextAttribute(String value);

  @Group(Group.Heading.TEXT)
  @Description("Skip and count lines with fewer characters than this.")
  @Default.Integer(1)
  @ForFormats(FileFormat.TEXT)
  int getMinLength();

  void setMinLength(int value);

  @Group(Group.Heading.INPUT)
  @Description(
      "Meaning of a first column named Op with only I, U and D, and of a column named eventName with"
          + " only INSERT, MODIFY and REMOVE: CHANGES if the file holds changes, which are no items;"
          + " ATTRIBUTE if it is a column like any other.")
  @Default.Enum("CHANGES")
  OpColumn getOpColumn();

  void setOpColumn(OpColumn value);

  @Group(Group.Heading.KEYS)
  @Description(
      "Source of the partition key: RECORD (an attribute of the record), md5 or sha256 (hash of"
          + " the record's bytes without the line end, in upper-case hex), or columns separated"
          + " by commas, whose values are joined by |; a \\ precedes any | or \\ in them.")
  @Default.String("RECORD")
  String getKeyFrom();

  void setKeyFrom(String value);

  @Group(Group.Heading.KEYS)
  @Description(
      "Which of several items with the same primary key is written. DISTINCT: the first by file"
          + " and offset; items equal to it are dropped, others are rejected. FAIL: the first by"
          + " file and offset; all others are rejected. LATEST or FIRST: the one with the"
          + " greatest or least --orderBy, on ties the last or first by file and offset. NONE:"
          + " all of them, in no particular order.")
  @Default.Enum("DISTINCT")
  DuplicatePolicy getDedupe();

  void setDedupe(DuplicatePolicy value);

  @Group(Group.Heading.KEYS)
  @Description("Attribute that --dedupe=LATEST or FIRST compares. Default: file and offset.")
  @Nullable String getOrderBy();

  void setOrderBy(String value);

  @Group(Group.Heading.REJECTIONS)
  @Description(
      "Folder for rejected records, as JSON lines with file, offset and reason; each run makes a"
          + " new folder in it. Default: none; the report lists the first ten without their"
          + " contents.")
  @Nullable String getRejects();

  void setRejects(String value);

  @Group(Group.Heading.KEYS)
  @Description("Minimum number of shards over which items are spread before they are written.")
  @Default.Integer(25)
  int getShards();

  void setShards(int value);
}

package io.sluice.pipelines;

import io.sluice.dedupe.Deduplicate;
import io.sluice.file.CsvFormat;
import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The options of the import; {@link ImportPlan} says what they mean together. */
public interface ImportOptions extends SluiceOptions {

  /** How the bytes of the input become items. */
  enum InputFormat {
    CSV,
    TEXT,
    DYNAMODB_JSON
  }

  @Description(
      "Files to read: names or globs of any Beam file system, parted by commas, for example"
          + " s3://bucket/trips/*.csv. Compressed by gzip, bzip2 or zstd if they end in .gz, .bz2,"
          + " .zst.")
  @Nullable List<String> getInput();

  void setInput(List<String> value);

  @Description("Table to write to.")
  @Nullable String getTable();

  void setTable(String value);

  @Description(
      "Format of the input: CSV, TEXT or DYNAMODB_JSON. Default: CSV for files ending in .csv or"
          + " .tsv, TEXT for .txt.")
  @Nullable InputFormat getFormat();

  void setFormat(InputFormat value);

  @Description(
      "CSV: names of the columns, parted by commas, for files without a header line. Default: the"
          + " first record of each file.")
  @Nullable List<String> getCsvHeader();

  void setCsvHeader(List<String> value);

  @Description("CSV: what parts the fields, one character or `tab`. Default: a comma; tab for .tsv.")
  @Nullable String getCsvDelimiter();

  void setCsvDelimiter(String value);

  @Description(
      "CSV: ALLOWED if quoted fields may hold newlines, so that each file is read by one reader;"
          + " NEVER to read a large file by many.")
  @Default.Enum("ALLOWED")
  CsvFormat.QuotedNewlines getCsvQuotedNewlines();

  void setCsvQuotedNewlines(CsvFormat.QuotedNewlines value);

  @Description(
      "CSV: types of columns as name:TYPE parted by commas; S, N, BOOL or B (Base64). Key"
          + " attributes have the table's type, others are S.")
  @Nullable List<String> getColumns();

  void setColumns(List<String> value);

  @Description(
      "CSV: what an empty field becomes: OMIT leaves the attribute out, EMPTY makes an empty"
          + " string, NULL an attribute of type NULL.")
  @Default.Enum("OMIT")
  CsvFormat.EmptyAs getEmptyAs();

  void setEmptyAs(CsvFormat.EmptyAs value);

  @Description("CSV: a text that stands for an empty field, for example NULL. Default: none.")
  @Nullable String getNullValue();

  void setNullValue(String value);

  @Description("TEXT: the attribute that a line becomes.")
  @Default.String("text")
  String getTextAttribute();

  void setTextAttribute(String value);

  @Description("TEXT: lines with fewer characters are skipped, and counted.")
  @Default.Integer(1)
  int getMinLength();

  void setMinLength(int value);

  @Description(
      "Where the partition key comes from: RECORD (the record has it), md5 or sha256 (upper-case"
          + " hex of the record's bytes without its line end), or columns parted by commas, joined"
          + " by | with \\ before a | or \\ inside.")
  @Default.String("RECORD")
  String getKeyFrom();

  void setKeyFrom(String value);

  @Description(
      "Which of several items with one primary key is written. DISTINCT: one of those that are"
          + " alike in every attribute, the others are rejected; LATEST or FIRST: the one with the"
          + " greatest or least --orderBy, then the last or first by file and offset; NONE: all, in"
          + " no order.")
  @Default.Enum("DISTINCT")
  Deduplicate.Keep getDedupe();

  void setDedupe(Deduplicate.Keep value);

  @Description("The attribute that --dedupe=LATEST or FIRST compares. Default: file and offset.")
  @Nullable String getOrderBy();

  void setOrderBy(String value);

  @Description("The least number of shards over which the items are spread before they are written.")
  @Default.Integer(25)
  int getShards();

  void setShards(int value);

  @Description("What writes the items: dynamodbio (Beam's DynamoDBIO).")
  @Default.String("dynamodbio")
  String getWriteEngine();

  void setWriteEngine(String value);

  @Description(
      "Create the table if it is missing: ON_DEMAND, or read and write capacity units such as 5,500."
          + " Needs --partitionKey.")
  @Nullable String getCreateTable();

  void setCreateTable(String value);

  @Description("Partition key of a table to create, as name:S, name:N or name:B.")
  @Nullable String getPartitionKey();

  void setPartitionKey(String value);

  @Description("Sort key of a table to create, as name:S, name:N or name:B. Default: none.")
  @Nullable String getSortKey();

  void setSortKey(String value);

  @Description(
      "Folder for the rejected records, as JSON lines with file, offset and reason, in a new folder"
          + " of each run. Default: the report has the first ten, without their contents.")
  @Nullable String getRejects();

  void setRejects(String value);

  @Description(
      "How many rejections are allowed. With more, nothing is written if they were found before"
          + " writing, and the exit code is 3. More than 0 needs --rejects.")
  @Default.Long(0)
  long getMaxRejects();

  void setMaxRejects(long value);

  @Description("File for the report as JSON, replaced if it is there. Default: none.")
  @Nullable String getReport();

  void setReport(String value);
}

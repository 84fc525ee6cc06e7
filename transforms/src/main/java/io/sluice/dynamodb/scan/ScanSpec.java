/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.scan;

import io.sluice.capacity.Budget;
import io.sluice.capacity.Capacity;
import io.sluice.capacity.Index;
import io.sluice.capacity.Prices;
import io.sluice.capacity.ReadForecast;
import io.sluice.capacity.ReadLoad;
import io.sluice.capacity.TableCapacity;
import io.sluice.dynamodb.checkpoint.Checkpoints;
import io.sluice.dynamodb.table.TableAccess;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.dynamodb.wire.Clients;
import io.sluice.item.json.ItemJson;
import io.sluice.schema.InferredSchema;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The settings of a {@link ScanTable}; not changed any more once it has them. */
public final class ScanSpec extends TableAccess {
  private static final long serialVersionUID = 1L;
  private static final double DEFAULT_RATIO = 0.25;

  /** The part of the heap that pages may take before they go to a file, if they may. */
  private static final int PART_OF_HEAP = 16;

  private static final int LEAST_BUCKETS = 16;
  private static final int BUCKETS_OF_WORKER = 4;

  private final TableInfo info;
  boolean consistent;
  String index = "";
  String filter = "";
  String projection = "";
  Map<String, String> names = Map.of();
  String valuesJson = "";

  /** 0 for a number derived from the table's size. */
  int segments;

  /** 0 for a number derived from the workers. */
  int buckets;

  /** Whether pages carry what occurs in the items of their segment. */
  boolean infersSchema;

  /** How many segments one reader reads at once, which reads all of them; 0 for several readers. */
  int oneReader;

  /** Whether pages wait in a file for the steps that follow. */
  boolean spools;

  /** The bytes of pages that stay on the heap if others go to a file; below 0 for a part of it. */
  long heapForPages = -1;

  /** Whether all readers are in one JVM. */
  boolean inOneJvm;

  /** The compressed bytes of a part of the scan; 0 when it is not divided. */
  long partBytes;

  /** Where pages are kept for a later start of the job; null if they are not. */
  @Nullable Checkpoints checkpoints;

  /** 0 for the budget's number, or that of this machine. */
  private int workers;

  /** The maximum time of a request for a page. */
  Duration longestRequest = Clients.LONGEST_READ;

  public ScanSpec(TableInfo info) {
    super(info.name(), Budget.ofRatio(DEFAULT_RATIO));
    this.info = info;
  }

  /** Copies the settings, to be changed; the copy is another step. */
  public ScanSpec(ScanSpec other) {
    super(other);
    info = other.info;
    consistent = other.consistent;
    index = other.index;
    filter = other.filter;
    projection = other.projection;
    names = other.names;
    valuesJson = other.valuesJson;
    segments = other.segments;
    buckets = other.buckets;
    infersSchema = other.infersSchema;
    oneReader = other.oneReader;
    spools = other.spools;
    heapForPages = other.heapForPages;
    inOneJvm = other.inOneJvm;
    partBytes = other.partBytes;
    checkpoints = other.checkpoints;
    workers = other.workers;
    longestRequest = other.longestRequest;
  }

  public void setValues(Map<String, AttributeValue> values) {
    valuesJson = values.isEmpty() ? "" : ItemJson.toJson(values);
  }

  public void setNames(Map<String, String> newNames) {
    names = new TreeMap<>(newNames);
  }

  /**
   * Checks for settings that DynamoDB would refuse.
   *
   * @throws IllegalArgumentException when there is no such index, or it cannot be read consistently
   */
  void check() {
    if (!index.isEmpty() && info.indexes().stream().map(Index::name).noneMatch(index::equals)) {
      throw new IllegalArgumentException(
          "index is '"
              + index
              + "', the table "
              + table()
              + " has "
              + info.indexes().stream().map(Index::name).sorted().toList());
    }
    if (consistent && isOfGlobalIndex()) {
      throw new IllegalArgumentException(
          "the global index " + index + " cannot be read consistently");
    }
  }

  private boolean isOfGlobalIndex() {
    return info.capacity().indexes().containsKey(index);
  }

  boolean infersSchema() {
    return infersSchema;
  }

  /** Returns the schema of no items of the table. */
  InferredSchema emptySchema() {
    return InferredSchema.of(info.keySchema());
  }

  boolean hasOneReader() {
    return oneReader > 0;
  }

  /** Returns the most segments that a reader reads at once. */
  int segmentsAtOnce() {
    return oneReader > 0 ? oneReader : Segments.MOST_AT_ONCE;
  }

  boolean spools() {
    return spools;
  }

  long heapForPages() {
    return heapForPages < 0 ? Runtime.getRuntime().maxMemory() / PART_OF_HEAP : heapForPages;
  }

  boolean isInOneJvm() {
    return inOneJvm;
  }

  long partBytes() {
    return partBytes;
  }

  boolean isConsistent() {
    return consistent;
  }

  String index() {
    return index;
  }

  String filter() {
    return filter;
  }

  String projection() {
    return projection;
  }

  Map<String, String> names() {
    return names;
  }

  /**
   * Returns the values for the placeholders in the expressions, as an item in JSON; empty for none.
   */
  String valuesJson() {
    return valuesJson;
  }

  /** Returns the items of the table or the index, as DynamoDB reports; 0 if not known. */
  long items() {
    return scannedIndex().map(Index::items).orElse(info.items());
  }

  /** Returns the bytes of the table or the index, as DynamoDB reports; 0 if not known. */
  long bytes() {
    return scannedIndex().map(Index::bytes).orElse(info.bytes());
  }

  private Optional<Index> scannedIndex() {
    return info.indexes().stream().filter(i -> i.name().equals(index)).findFirst();
  }

  /** Forecasts the time and cost of the scan from what is known before it. */
  ReadForecast forecast(Prices prices) {
    return new ReadForecast(
        index.isEmpty() ? table() : "the index " + index + " of " + table(),
        new ReadLoad(items(), bytes(), segments(), consistent),
        info.capacity().onDemand(),
        capacityOf(info.capacity()),
        budget(),
        prices);
  }

  /** Returns the capacity for this scan: the table's own, or that of the global index. */
  Capacity capacityOf(TableCapacity capacity) {
    if (!isOfGlobalIndex()) {
      return capacity.table();
    }
    Capacity ofIndex = capacity.indexes().get(index);
    if (ofIndex == null) {
      throw new IllegalStateException("the table " + table() + " has no index " + index + " now");
    }
    return ofIndex;
  }

  /**
   * Returns the worker slots of the runner, as the budget gives them; else those that this machine
   * probably has.
   */
  int workers() {
    if (workers > 0) {
      return workers;
    }
    return budget().workers() > 0 ? budget().workers() : Runtime.getRuntime().availableProcessors();
  }

  /**
   * Returns the same settings with all derived numbers fixed: their inputs may differ between JVMs,
   * and all must scan the same segments.
   */
  ScanSpec settled() {
    ScanSpec settled = new ScanSpec(this);
    settled.workers = workers();
    settled.segments = segments();
    settled.buckets = buckets();
    return settled;
  }

  int segments() {
    return segments > 0
        ? segments
        : Segments.total(
            info.bytes(), budget().allowed(capacityOf(info.capacity()).readUnits()), workers());
  }

  @Nullable Checkpoints checkpoints() {
    return checkpoints;
  }

  /** Returns into how many groups the segments are divided whose pages are kept. */
  int groups() {
    return checkpoints == null
        ? Segments.groups(segments(), workers())
        : Math.min(segments(), checkpoints.groups());
  }

  /** Returns the same settings with as many segments as the size of the table asks for. */
  ScanSpec withSegmentsUpTo(long bytesOfSegment) {
    ScanSpec changed = new ScanSpec(this);
    long bySize = Math.min(Segments.MOST, (bytes() + bytesOfSegment - 1) / bytesOfSegment);
    changed.segments = (int) Math.max(segments(), bySize);
    return changed;
  }

  /** Returns the read units a second that all JVMs may use, as the table was described. */
  double allowed() {
    return budget().ratio() * capacityOf(info.capacity()).readUnits();
  }

  int buckets() {
    return buckets > 0 ? buckets : Math.max(LEAST_BUCKETS, BUCKETS_OF_WORKER * workers());
  }
}

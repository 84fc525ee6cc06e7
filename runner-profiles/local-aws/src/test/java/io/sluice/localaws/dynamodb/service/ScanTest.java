/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.service;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScanTest {

  private static final Pattern LAST = Pattern.compile("'LastEvaluatedKey':(\\{.*?\\}\\})");
  private static final Pattern KEY = Pattern.compile("'h':\\{'S':'(\\d+)'\\}");

  private final Service service = Service.with("abc", Service.HASH_ONLY);

  private void put(int count, String more) {
    for (int i = 0; i < count; i++) {
      service.ok("PutItem", "{'TableName':'abc','Item':{'h':{'S':'" + i + "'}" + more + "}}");
    }
  }

  /** Scans page by page, and gives the keys of each page. */
  private List<List<Integer>> pages(String more) {
    List<List<Integer>> pages = new ArrayList<>();
    String start = "";
    while (true) {
      String answer = service.ok("Scan", "{'TableName':'abc'" + more + start + "}");
      String items = answer.substring(0, answer.indexOf("'Count'"));
      pages.add(
          KEY.matcher(items).results().map(found -> Integer.valueOf(found.group(1))).toList());
      Matcher last = LAST.matcher(answer);
      if (!last.find()) {
        return pages;
      }
      start = ",'ExclusiveStartKey':" + last.group(1);
    }
  }

  private static List<Integer> sorted(List<List<Integer>> pages) {
    return pages.stream().flatMap(List::stream).sorted().toList();
  }

  @Test
  void readsAllByPagesOfALimit() {
    put(10, "");
    List<List<Integer>> pages = pages(",'Limit':3");
    assertThat(pages.stream().map(List::size).toList(), is(List.of(3, 3, 3, 1)));
    assertThat(sorted(pages), is(IntStream.range(0, 10).boxed().toList()));
    assertThat(pages(",'Limit':10").stream().map(List::size).toList(), is(List.of(10, 0)));
    assertThat(pages(",'Limit':11").stream().map(List::size).toList(), is(List.of(10)));
  }

  @Test
  void readsEachItemInOneSegment() {
    put(100, "");
    List<Integer> all = new ArrayList<>();
    for (int segment = 0; segment < 7; segment++) {
      all.addAll(sorted(pages(",'Limit':4,'TotalSegments':7,'Segment':" + segment)));
    }
    assertThat(all.size(), is(100));
    assertThat(new TreeSet<>(all), is(new TreeSet<>(IntStream.range(0, 100).boxed().toList())));
  }

  @Test
  void endsAPageWithTheItemThatFillsAMegabyte() {
    put(9, ",'x':{'S':'" + "x".repeat(256 * 1024 - 3) + "'}");
    assertThat(pages("").stream().map(List::size).toList(), is(List.of(4, 4, 1)));
    assertThat(
        service
            .ok(
                "Scan",
                "{'TableName':'abc','Limit':3,'Select':'COUNT',"
                    + "'ReturnConsumedCapacity':'TOTAL'}")
            .replaceAll(",'LastEvaluatedKey':\\{.*?\\}\\}", ""),
        is(
            "{'Count':3,'ScannedCount':3,"
                + "'ConsumedCapacity':{'TableName':'abc','CapacityUnits':96.0}}"));
  }

  @Test
  void filtersWhatItHasCounted() {
    put(4, ",'v':{'N':'1'}");
    service.ok("PutItem", "{'TableName':'abc','Item':{'h':{'S':'9'},'v':{'N':'2'}}}");
    String filter =
        "{'TableName':'abc','FilterExpression':'v > :v',"
            + "'ExpressionAttributeValues':{':v':{'N':'1'}}";
    assertThat(
        service.ok("Scan", filter + "}"),
        is("{'Items':[{'h':{'S':'9'},'v':{'N':'2'}}],'Count':1,'ScannedCount':5}"));
    assertThat(
        service.ok("Scan", filter + ",'Select':'COUNT'}"), is("{'Count':1,'ScannedCount':5}"));
    assertThat(
        service.ok("Scan", filter + ",'ProjectionExpression':'h'}"),
        is("{'Items':[{'h':{'S':'9'}}],'Count':1,'ScannedCount':5}"));
  }

  @Test
  void consumesTheLeastOfAnEmptyTable() {
    assertThat(
        service.ok("Scan", "{'TableName':'abc','ReturnConsumedCapacity':'TOTAL'}"),
        is(
            "{'Items':[],'Count':0,'ScannedCount':0,"
                + "'ConsumedCapacity':{'TableName':'abc','CapacityUnits':0.5}}"));
  }

  @Test
  void readsIndexes() {
    Service indexed = Service.with("abc", Service.INDEXED);
    String item =
        "{'h':{'S':'a'},'r':{'N':'1'},'g':{'S':'x'},'l':{'S':'y'},'p':{'N':'2'},'q':{'N':'3'}}";
    indexed.ok("PutItem", "{'TableName':'abc','Item':" + item + "}");
    indexed.ok("PutItem", "{'TableName':'abc','Item':{'h':{'S':'a'},'r':{'N':'2'}}}");
    String scan = "{'TableName':'abc','ReturnConsumedCapacity':'INDEXES','IndexName':";
    assertThat(
        indexed.ok("Scan", scan + "'global','Limit':1}"),
        is(
            "{'Items':[{'h':{'S':'a'},'r':{'N':'1'},'g':{'S':'x'},'p':{'N':'2'}}],"
                + "'Count':1,'ScannedCount':1,"
                + "'LastEvaluatedKey':{'g':{'S':'x'},'h':{'S':'a'},'r':{'N':'1'}},"
                + "'ConsumedCapacity':{'TableName':'abc','CapacityUnits':0.5,"
                + "'Table':{'CapacityUnits':0.0},"
                + "'GlobalSecondaryIndexes':{'global':{'CapacityUnits':0.5}}}}"));
    assertThat(
        indexed.ok("Scan", scan + "'local','Select':'ALL_ATTRIBUTES'}"),
        is(
            "{'Items':["
                + item
                + "],'Count':1,'ScannedCount':1,"
                + "'ConsumedCapacity':{'TableName':'abc','CapacityUnits':1.0,"
                + "'Table':{'CapacityUnits':0.5},"
                + "'LocalSecondaryIndexes':{'local':{'CapacityUnits':0.5}}}}"));
    assertThat(
        indexed.ok("Scan", scan + "'local','ProjectionExpression':'q','ConsistentRead':true}"),
        is(
            "{'Items':[{'q':{'N':'3'}}],'Count':1,'ScannedCount':1,"
                + "'ConsumedCapacity':{'TableName':'abc','CapacityUnits':2.0,"
                + "'Table':{'CapacityUnits':1.0},"
                + "'LocalSecondaryIndexes':{'local':{'CapacityUnits':1.0}}}}"));
    assertThat(
        indexed.error("Scan", scan + "'global','ProjectionExpression':'p, q, z'}"),
        is(
            "ValidationException: One or more parameter values were invalid: Global secondary "
                + "index global does not project [q, z]"));
    assertThat(
        indexed.error("Scan", scan + "'global','Select':'ALL_ATTRIBUTES'}"),
        is(
            "ValidationException: One or more parameter values were invalid: Select type "
                + "ALL_ATTRIBUTES is not supported for global secondary index global because its "
                + "projection type is not ALL"));
    assertThat(
        indexed.error("Scan", scan + "'global','ConsistentRead':true}"),
        is(
            "ValidationException: Consistent reads are not supported on global secondary "
                + "indexes"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ,'Limit':0 | 1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1
          ,'Segment':0 | The TotalSegments parameter is required but was not present in the request when Segment parameter is present
          ,'TotalSegments':4 | The Segment parameter is required but was not present in the request when parameter TotalSegments is present
          ,'Segment':5,'TotalSegments':5 | The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 5 is not less than TotalSegments: 5
          ,'Select':'SPECIFIC_ATTRIBUTES' | Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES
          ,'Select':'COUNT','ProjectionExpression':'a' | Cannot specify the ProjectionExpression when choosing to get only the Count
          ,'Select':'ALL_ATTRIBUTES','ProjectionExpression':'a' | Cannot specify the ProjectionExpression when choosing to get ALL_ATTRIBUTES
          ,'Select':'ALL_PROJECTED_ATTRIBUTES' | ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName
          ,'IndexName':'none' | The table does not have the specified index: none
          ,'ExpressionAttributeValues':{':a':{'N':'1'}} | ExpressionAttributeValues can only be specified when using expressions: FilterExpression is null
          ,'FilterExpression':'' | Invalid FilterExpression: The expression can not be empty;
          ,'FilterExpression':'attribute_exists(h.x)' | Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: h
          ,'ExclusiveStartKey':{'x':{'S':'1'}} | The provided starting key is invalid: The provided key element does not match the schema
          ,'ExclusiveStartKey':{'h':{}} | The provided starting key is invalid: Supplied AttributeValue is empty, must contain exactly one of the supported datatypes
          ,'ExclusiveStartKey':{'h':{'N':'x'}} | The parameter cannot be converted to a numeric value: x
          """)
  void refuses(String more, String message) {
    assertThat(
        service.error("Scan", "{'TableName':'abc'" + more + "}"),
        is("ValidationException: " + message));
  }
}

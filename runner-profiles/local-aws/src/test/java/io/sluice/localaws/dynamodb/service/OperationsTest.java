/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.service;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

class OperationsTest {

  private final Service service = Service.empty();

  @Test
  void refusesOperationsThatNobodyKnows() {
    assertThat(
        Service.text(service.send("Frobnicate", "{}")),
        is("{'__type':'com.amazon.coral.service#UnknownOperationException'}"));
  }

  @Test
  void refusesOperationsThatItDoesNotHaveByTheirName() {
    assertThat(
        service.error("ExecuteStatement", "{}"),
        is("UnknownOperationException: ExecuteStatement is not supported by this server"));
  }

  @Test
  void refusesWhatIsNoJson() {
    for (String body : new String[] {"", "{", "[]", "'", "{'a':}", "{'TableName':'abc'"}) {
      assertThat(
          body,
          Service.text(service.send("GetItem", body)),
          is("{'__type':'com.amazon.coral.service#SerializationException'}"));
    }
  }

  @Test
  void reportsMembersOfTheWrongType() {
    assertThat(
        service.error("PutItem", "{'TableName':1}"),
        is("SerializationException: NUMBER_VALUE cannot be converted to String"));
    assertThat(
        service.error("GetItem", "{'TableName':'abc','Key':[]}"),
        is(
            "SerializationException: Unrecognized collection type java.util.Map<java.lang.String,"
                + " com.amazonaws.dynamodb.v20120810.AttributeValue>"));
    assertThat(
        service.error("Scan", "{'TableName':'abc','Limit':'1'}"),
        is("SerializationException: STRING_VALUE cannot be converted to Integer"));
    assertThat(
        service.error("BatchWriteItem", "{'RequestItems':{'abc':{}}}"),
        is("SerializationException: Start of structure or map found where not expected"));
  }

  @Test
  void createsDescribesListsAndDeletesTables() {
    assertThat(
        service.ok(
            "CreateTable",
            "{'TableName':'abc','BillingMode':'PAY_PER_REQUEST'," + Service.HASH_ONLY + "}"),
        containsString("'TableStatus':'CREATING'"));
    assertThat(
        service.ok("DescribeTable", "{'TableName':'abc'}"),
        containsString("'TableStatus':'ACTIVE'"));
    assertThat(
        service.ok("DescribeTable", "{'TableName':'abc'}"),
        containsString("'TableArn':'arn:aws:dynamodb:eu-west-1:000000000000:table/abc'"));
    assertThat(service.ok("ListTables", "{}"), is("{'TableNames':['abc']}"));
    assertThat(
        service.ok("DeleteTable", "{'TableName':'abc'}"),
        containsString("'TableStatus':'DELETING'"));
    assertThat(service.ok("ListTables", "{}"), is("{'TableNames':[]}"));
  }

  @Test
  void listsTablesByPages() {
    for (String name : new String[] {"ccc", "aaa", "bbb"}) {
      service.ok(
          "CreateTable",
          "{'TableName':'" + name + "','BillingMode':'PAY_PER_REQUEST'," + Service.HASH_ONLY + "}");
    }
    assertThat(
        service.ok("ListTables", "{'Limit':2}"),
        is("{'TableNames':['aaa','bbb'],'LastEvaluatedTableName':'bbb'}"));
    assertThat(
        service.ok("ListTables", "{'Limit':2,'ExclusiveStartTableName':'bbb'}"),
        is("{'TableNames':['ccc']}"));
  }

  @Test
  void addsAnIndexToATable() {
    Service indexed = Service.with("abc", Service.HASH_ONLY);
    indexed.ok("PutItem", "{'TableName':'abc','Item':{'h':{'S':'1'},'g':{'S':'x'}}}");
    indexed.ok(
        "UpdateTable",
        "{'TableName':'abc','AttributeDefinitions':["
            + "{'AttributeName':'h','AttributeType':'S'},"
            + "{'AttributeName':'g','AttributeType':'S'}],"
            + "'GlobalSecondaryIndexUpdates':[{'Create':{'IndexName':'late','KeySchema':["
            + "{'AttributeName':'g','KeyType':'HASH'}],"
            + "'Projection':{'ProjectionType':'ALL'}}}]}");
    assertThat(
        indexed.ok("Scan", "{'TableName':'abc','IndexName':'late'}"),
        is("{'Items':[{'h':{'S':'1'},'g':{'S':'x'}}],'Count':1,'ScannedCount':1}"));
  }

  @Test
  void setsTimeToLiveAndTags() {
    Service tagged = Service.with("abc", Service.HASH_ONLY);
    assertThat(
        tagged.ok(
            "UpdateTimeToLive",
            "{'TableName':'abc','TimeToLiveSpecification':"
                + "{'Enabled':'true','AttributeName':'t'}}"),
        is("{'TimeToLiveSpecification':{'AttributeName':'t','Enabled':true}}"));
    assertThat(
        tagged.ok("DescribeTimeToLive", "{'TableName':'abc'}"),
        is("{'TimeToLiveDescription':{'TimeToLiveStatus':'ENABLED','AttributeName':'t'}}"));
    String arn = "'ResourceArn':'arn:aws:dynamodb:eu-west-1:000000000000:table/abc'";
    assertThat(
        tagged.ok("TagResource", "{" + arn + ",'Tags':[{'Key':'k','Value':'v'}]}"), is("{}"));
    assertThat(
        tagged.ok("ListTagsOfResource", "{" + arn + "}"), is("{'Tags':[{'Key':'k','Value':'v'}]}"));
    assertThat(tagged.ok("UntagResource", "{" + arn + ",'TagKeys':['k']}"), is("{}"));
    assertThat(tagged.ok("ListTagsOfResource", "{" + arn + "}"), is("{'Tags':[]}"));
  }
}

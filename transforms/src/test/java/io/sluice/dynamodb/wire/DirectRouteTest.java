/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.wire;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectRouteTest {
  @Test
  void othersSettingsDoNotMatter() {
    Properties properties = new Properties();
    properties.setProperty("http.nonProxyHosts", "localhost");
    properties.setProperty("javax.net.ssl.trustStore", "/some/file");
    assertThat(DirectRoute.mayNeedSdk(properties, Map.of("NO_PROXY", "*")), is(false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http.proxyHost",
        "https.proxyHost",
        "socksProxyHost",
        "java.net.useSystemProxies",
        "javax.net.ssl.keyStore"
      })
  void aPropertyMayNeedTheSdksClient(String name) {
    Properties properties = new Properties();
    properties.setProperty(name, "x");
    assertThat(DirectRoute.mayNeedSdk(properties, Map.of()), is(true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy"})
  void aProxyInTheEnvironmentNeedsTheSdksClient(String name) {
    assertThat(DirectRoute.mayNeedSdk(new Properties(), Map.of(name, "http://p:1")), is(true));
  }
}

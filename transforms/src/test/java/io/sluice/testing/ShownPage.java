/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The page of a report, as a parser of XML reads it: only a well-formed one can be read. */
public final class ShownPage {
  private static final Pattern NUMBER = Pattern.compile("-?\\d+([.]\\d+)?(E-?\\d+)?");

  private final Document document;

  private ShownPage(Document document) {
    this.document = document;
  }

  /**
   * Parses a page.
   *
   * @throws AssertionError when it is not well-formed
   */
  public static ShownPage of(String html) {
    try {
      return new ShownPage(
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(html))));
    } catch (SAXException | IOException | ParserConfigurationException e) {
      throw new AssertionError("not well-formed: " + e.getMessage(), e);
    }
  }

  /** Returns all elements with this name, or all with the name "*". */
  public List<Element> all(String tag) {
    return all(document.getDocumentElement(), tag);
  }

  /** Returns the elements with this name below another. */
  public static List<Element> all(Element parent, String tag) {
    NodeList nodes = parent.getElementsByTagName(tag);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  /** Returns the elements of this class. */
  public List<Element> ofClass(String name) {
    return all("*").stream()
        .filter(element -> Set.of(element.getAttribute("class").split(" ")).contains(name))
        .toList();
  }

  /** Returns all the text that a browser shows. */
  public String text() {
    return all("body").get(0).getTextContent();
  }

  /** Returns the texts and numbers of a report that the page does not show anywhere. */
  public Set<String> missing(String json) throws IOException {
    Set<String> numbers = new TreeSet<>();
    StringBuilder texts = new StringBuilder(text());
    for (String tag : List.of("td", "p", "small", "pre")) {
      all(tag).forEach(e -> addNumbers(e.getTextContent(), numbers));
    }
    for (Element data : all("data")) {
      addNumbers(data.getAttribute("value"), numbers);
      texts.append('\n').append(data.getAttribute("value"));
    }
    all("time").forEach(time -> texts.append('\n').append(time.getAttribute("datetime")));
    Set<String> missing = new LinkedHashSet<>();
    collect(new ObjectMapper().readTree(json), numbers, texts.toString(), missing);
    return missing;
  }

  private static void collect(
      JsonNode value, Set<String> numbers, String texts, Set<String> missing) {
    if ((value.isNumber() && !numbers.contains(plain(value.asText())))
        || (value.isTextual() && !texts.contains(value.textValue()))) {
      missing.add(value.asText());
    }
    value.forEach(member -> collect(member, numbers, texts, missing));
  }

  private static void addNumbers(String text, Set<String> numbers) {
    NUMBER
        .matcher(text.replaceAll("(?<=\\d),(?=\\d{3})", ""))
        .results()
        .forEach(number -> numbers.add(plain(number.group())));
  }

  private static String plain(String number) {
    return new BigDecimal(number).stripTrailingZeros().toPlainString();
  }
}

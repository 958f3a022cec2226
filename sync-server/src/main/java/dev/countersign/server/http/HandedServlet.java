package dev.countersign.server.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Brings a {@link Handed} request through the servlet that the network's requests go through. */
final class HandedServlet {
  private final Servlet servlet;

  HandedServlet(Servlet servlet) {
    this.servlet = servlet;
  }

  Handed.Back answer(Handed handed) throws IOException {
    Out out = new Out();
    try {
      servlet.service(
          proxy(HttpServletRequest.class, new In(handed)), proxy(HttpServletResponse.class, out));
    } catch (ServletException e) {
      throw new IOException(e);
    }
    return new Handed.Back(out.status, out.headers, out.body.toByteArray());
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            HandedServlet.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static UnsupportedOperationException unknown(Method method) {
    return new UnsupportedOperationException("not over a method call: " + method.getName());
  }

  /** What the libraries above ask of a request. */
  private static final class In implements InvocationHandler {
    private final Handed handed;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, Object> attributes = new HashMap<>();
    private final Body body;

    In(Handed handed) {
      this.handed = handed;
      this.headers.putAll(handed.headers());
      this.body = new Body(handed.body());
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
      String first = arguments != null && arguments[0] instanceof String text ? text : "";
      return switch (method.getName()) {
        case "getMethod" -> handed.method();
        case "getRequestURI" -> handed.path();
        case "getContextPath", "getServletPath" -> "";
        case "getPathInfo" -> handed.path();
        case "getQueryString" -> handed.query();
        case "getRemoteAddr" -> handed.address();
        case "getScheme" -> "https";
        case "isSecure" -> true;
        case "isAsyncStarted" -> false;
        case "getHeader" -> headers.get(first);
        case "getHeaders" ->
            Collections.enumeration(
                headers.containsKey(first) ? List.of(headers.get(first)) : List.of());
        case "getHeaderNames" -> Collections.enumeration(headers.keySet());
        case "getContentType" -> headers.get("Content-Type");
        case "getCharacterEncoding" -> StandardCharsets.UTF_8.name();
        case "getContentLength" -> handed.body().length;
        case "getContentLengthLong" -> (long) handed.body().length;
        case "getInputStream" -> body;
        case "getAttribute" -> attributes.get(first);
        case "getAttributeNames" -> Collections.enumeration(attributes.keySet());
        case "setAttribute" ->
            attributes.put(first, java.util.Objects.requireNonNull(arguments)[1]);
        case "removeAttribute" -> attributes.remove(first);
        case "getCookies", "getDispatcherType" -> null;
        case "hashCode" -> System.identityHashCode(this);
        default -> throw unknown(method);
      };
    }
  }

  private static final class Body extends ServletInputStream {
    private final ByteArrayInputStream bytes;

    Body(byte[] bytes) {
      this.bytes = new ByteArrayInputStream(bytes);
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] into, int from, int length) {
      return bytes.read(into, from, length);
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException("blocking only");
    }
  }

  /** What the libraries above do with a response. */
  private static final class Out implements InvocationHandler {
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final Sink sink = new Sink(body);
    private int status = 200;

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
      Object[] with = arguments == null ? new Object[0] : arguments;
      switch (method.getName()) {
        case "setStatus" -> status = (Integer) with[0];
        case "setHeader", "setIntHeader" -> set(String.valueOf(with[0]), String.valueOf(with[1]));
        case "addHeader", "addIntHeader" ->
            headers
                .computeIfAbsent(String.valueOf(with[0]), _ -> new ArrayList<>())
                .add(String.valueOf(with[1]));
        case "setContentType" -> set("Content-Type", String.valueOf(with[0]));
        case "setContentLength", "setContentLengthLong" ->
            set("Content-Length", String.valueOf(with[0]));
        case "resetBuffer" -> body.reset();
        case "setCharacterEncoding", "flushBuffer", "addCookie" -> {}
        default -> {
          return asked(method, with);
        }
      }
      return null;
    }

    private @Nullable Object asked(Method method, Object[] with) {
      return switch (method.getName()) {
        case "getStatus" -> status;
        case "getHeader" -> value(String.valueOf(with[0]));
        case "getHeaders" -> headers.getOrDefault(String.valueOf(with[0]), List.of());
        case "getHeaderNames" -> headers.keySet();
        case "containsHeader" -> headers.containsKey(String.valueOf(with[0]));
        case "getContentType" -> value("Content-Type");
        case "getCharacterEncoding" -> StandardCharsets.UTF_8.name();
        case "getOutputStream" -> sink;
        case "isCommitted" -> false;
        case "hashCode" -> System.identityHashCode(this);
        default -> throw unknown(method);
      };
    }

    private @Nullable String value(String name) {
      List<String> values = headers.get(name);
      return values == null ? null : values.getFirst();
    }

    private void set(String name, @Nullable String value) {
      if (value == null || value.equals("null")) {
        headers.remove(name);
      } else {
        headers.put(name, List.of(value));
      }
    }
  }

  private static final class Sink extends ServletOutputStream {
    private final ByteArrayOutputStream bytes;

    Sink(ByteArrayOutputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    public void write(int value) {
      bytes.write(value);
    }

    @Override
    public void write(byte[] from, int start, int length) {
      bytes.write(from, start, length);
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new UnsupportedOperationException("blocking only");
    }
  }
}

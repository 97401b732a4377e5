package org.rollcall.login;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.interceptor.InterceptorBinding;
import java.io.Serial;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Binds this room's interceptors to the container's log-in. */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface OpenIdGuarded {
  /** The annotation as an object, to add it to a class of the container. */
  final class Literal extends AnnotationLiteral<OpenIdGuarded> implements OpenIdGuarded {
    @Serial private static final long serialVersionUID = 1L;
  }
}

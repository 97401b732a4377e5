package org.rollcall.login;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.interceptor.InterceptorBinding;
import java.io.Serial;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says of the container's log-in that this room looks at what comes to it, and out of it. */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface OpenIdGuarded {
  /** The annotation itself, for a class of the container's. */
  final class Literal extends AnnotationLiteral<OpenIdGuarded> implements OpenIdGuarded {
    @Serial private static final long serialVersionUID = 1L;
  }
}

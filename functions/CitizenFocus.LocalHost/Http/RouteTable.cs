using CitizenFocus.LocalHost.Functions;
using Microsoft.AspNetCore.Routing.Template;

namespace CitizenFocus.LocalHost.Http;

/// <summary>
/// Finds the HTTP function of a request by the host's rules: of the functions that take the method, the most specific
/// template wins (literal before parameter before catch-all). A function without an httpTrigger is never found.
/// </summary>
internal sealed class RouteTable
{
    private readonly List<Entry> _entries;

    /// <param name="functions">The app's functions, of any kind.</param>
    /// <param name="prefix">host.json's routePrefix.</param>
    /// <param name="constraints">Resolves <c>{id:int}</c>.</param>
    /// <exception cref="LocalHostException">A template cannot be parsed.</exception>
    public RouteTable(IEnumerable<Function> functions, string prefix, IInlineConstraintResolver constraints) =>
        _entries = [.. functions.OfType<HttpFunction>()
            .Select(function => new Entry(function, prefix, constraints))
            .OrderBy(entry => entry.Precedence)
            .ThenBy(entry => entry.Function.Name, StringComparer.Ordinal)];

    /// <returns>The function, or <see langword="null"/>: the host answers 404 then, whatever other methods there are.</returns>
    public HttpFunction? Match(HttpContext context)
    {
        foreach (var entry in _entries)
        {
            if (entry.Matches(context)) return entry.Function;
        }

        return null;
    }

    private sealed class Entry
    {
        private readonly TemplateMatcher _matcher;
        private readonly List<(string Parameter, IRouteConstraint Constraint)> _constraints = [];

        public Entry(HttpFunction function, string prefix, IInlineConstraintResolver resolver)
        {
            Function = function;
            var template = Parse(function, prefix);
            var defaults = new RouteValueDictionary();
            foreach (var parameter in template.Parameters.Where(parameter => parameter.DefaultValue is not null))
            {
                defaults[parameter.Name!] = parameter.DefaultValue;
            }

            foreach (var parameter in template.Parameters)
            {
                foreach (var inline in parameter.InlineConstraints)
                {
                    var constraint = resolver.ResolveConstraint(inline.Constraint)
                        ?? throw new LocalHostException($"{function.Name}/function.json: the route '{function.Route}' has the unknown constraint '{inline.Constraint}'.");
                    _constraints.Add((parameter.Name!, constraint));
                }
            }

            _matcher = new TemplateMatcher(template, defaults);
            Precedence = RoutePrecedence.ComputeInbound(template);
        }

        public HttpFunction Function { get; }

        public decimal Precedence { get; }

        public bool Matches(HttpContext context)
        {
            if (Function.Methods is { } methods && !methods.Contains(context.Request.Method, StringComparer.OrdinalIgnoreCase)) return false;

            var values = new RouteValueDictionary();
            return _matcher.TryMatch(context.Request.Path, values)
                && _constraints.TrueForAll(one =>
                    !values.ContainsKey(one.Parameter)
                    || one.Constraint.Match(context, route: null, one.Parameter, values, RouteDirection.IncomingRequest));
        }

        private static RouteTemplate Parse(HttpFunction function, string prefix)
        {
            var route = function.Route.TrimStart('/');
            try
            {
                return TemplateParser.Parse(prefix.Trim('/') is "" ? route : $"{prefix.Trim('/')}/{route}");
            }
            catch (ArgumentException fault)
            {
                throw new LocalHostException($"{function.Name}/function.json: the route '{function.Route}': {fault.Message}");
            }
        }
    }
}

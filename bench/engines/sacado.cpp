// Sacado: gradients by Rad (recorded anew at each call), Hv by Rad over Fad, the small Jacobians of bundle adjustment by Fad.
#if !__has_include(<trilinos/Sacado.hpp>)
#error Sacado is not installed (Debian: apt-get install libtrilinos-sacado-dev)
#else
// Without Trilinos' configuration Sacado is headers only and needs neither Kokkos nor MPI; these two settings are that configuration's.
#define TRILINOS_NO_CONFIG_H
#define HAVE_SACADO_CXX11
#define SACADO_NEW_FAD_DESIGN_IS_DEFAULT
#include <trilinos/Sacado.hpp>
#include "engine.hpp"

struct Sacados {
    using Reverse = Sacado::Rad::ADvar<double>;
    using Tangent = Sacado::Fad::SFad<double, 1>;
    using Second = Sacado::Rad::ADvar<Tangent>;
    using Rows = Sacado::Fad::SFad<double, BundleAdjustment::own>;

    template <class F> static std::vector<Mode> modes(const F& f) {
        return {{"Sacado, Rad",
            [&f](auto& x, auto& g) {
                std::vector<Reverse> active(x.begin(), x.end());
                Reverse y = f(active);
                Reverse::Outvar_Gradcomp(y);
                for (size_t i = 0; i < x.size(); i++) g[i] = active[i].adj();
            },
            [&f](auto& x, auto& v, auto& hv) {
                std::vector<Second> active(x.size());
                for (size_t i = 0; i < x.size(); i++) {
                    Tangent xi = x[i];
                    xi.fastAccessDx(0) = v[i];
                    active[i] = xi;
                }
                Second y = f(active);
                Second::Outvar_Gradcomp(y);
                for (size_t i = 0; i < x.size(); i++) hv[i] = active[i].adj().dx(0);
            }}};
    }

    static std::vector<Mode> jacobianModes(const BundleAdjustment& data) {
        return {{"Sacado, Fad", [&data](auto&, auto& all) {
            constexpr int m = BundleAdjustment::outputs, n = BundleAdjustment::own;
            double x[n];
            Rows active[n], r[m];
            for (int i = 0; i < data.observations; i++) {
                data.gather(i, x);
                for (int j = 0; j < n; j++) active[j] = Rows(n, j, x[j]);
                residuals(active, data.feature[2 * i], data.feature[2 * i + 1], r);
                for (int row = 0; row < m; row++)
                    for (int j = 0; j < n; j++) all[(i * m + row) * n + j] = r[row].dx(j);
            }
        }, {}}};
    }
};

int main(int count, char** arguments) { return run<Sacados>(count, arguments); }
#endif

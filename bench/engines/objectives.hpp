// The objectives of ../../tests/Problems over any number type: double gives the plain function, an engine's type its recording.
#pragma once
#include <cmath>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

class Numbers {
public:
    explicit Numbers(const std::string& path) : file(path) {
        if (!file) throw std::runtime_error("There is no file " + path);
    }

    template <class N = double> N next() {
        N number;
        if (!(file >> number)) throw std::runtime_error("A data file ends before its header's promise.");
        return number;
    }

    std::vector<double> next(int count) {
        std::vector<double> numbers(count);
        for (double& number : numbers) number = next();
        return numbers;
    }

private:
    std::ifstream file;
};

// Σ 100(x_{i+1} − x_i²)² + (1 − x_i)².
struct Rosenbrock {
    std::vector<double> start;

    explicit Rosenbrock(int n) : start(n) {
        for (int i = 0; i < n; i++) start[i] = i % 2 == 0 ? -1.2 : 1;
    }

    template <class T> T operator()(const std::vector<T>& x) const {
        T sum = 0.0;
        for (size_t i = 0; i + 1 < x.size(); i++) {
            T t = x[i + 1] - x[i] * x[i], u = 1.0 - x[i];
            sum += 100.0 * t * t + u * u;
        }
        return sum;
    }
};

template <class T> T logSumExp(const std::vector<T>& terms) {
    using std::exp, std::log;
    T largest = terms[0];
    for (const T& term : terms)
        if (term > largest) largest = term;
    T sum = 0.0;
    for (const T& term : terms) sum += exp(term - largest);
    return largest + log(sum);
}

// The log posterior of a Gaussian mixture with a Wishart prior.
struct Gmm {
    int dimension, components, count, lowerCount, extraFreedom;
    double gamma, constant;
    std::vector<double> start, points;

    explicit Gmm(Numbers file) {
        dimension = file.next<int>(), components = file.next<int>(), count = file.next<int>();
        lowerCount = dimension * (dimension - 1) / 2;
        start = file.next(components * (1 + 2 * dimension + lowerCount));
        points = file.next(count * dimension);
        gamma = file.next(), extraFreedom = file.next<int>();

        const double pi = 3.14159265359; // As the reference implementation writes it.
        int freedom = dimension + extraFreedom + 1;
        double logGamma = 0.25 * dimension * (dimension - 1) * std::log(pi);
        for (int j = 0; j < dimension; j++) logGamma += std::lgamma(0.5 * (freedom - j));
        double wishart = freedom * dimension * (std::log(gamma) - 0.5 * std::log(2)) - logGamma;
        constant = -0.5 * count * dimension * std::log(2 * pi) - components * wishart;
    }

    template <class T> T operator()(const std::vector<T>& x) const {
        using std::exp;
        std::vector<T> diagonals(components * dimension), logDeterminants(components), alphas(x.begin(), x.begin() + components);
        T prior = 0.0;
        for (int k = 0; k < components; k++) {
            const T *q = &x[shapeOffset(k)], *lower = q + dimension;
            T squares = 0.0;
            logDeterminants[k] = 0.0;
            for (int a = 0; a < dimension; a++) {
                T& diagonal = diagonals[k * dimension + a];
                diagonal = exp(q[a]);
                logDeterminants[k] += q[a];
                squares += diagonal * diagonal;
            }
            for (int e = 0; e < lowerCount; e++) squares += lower[e] * lower[e];
            prior += 0.5 * gamma * gamma * squares - double(extraFreedom) * logDeterminants[k];
        }

        T sum = 0.0;
        std::vector<T> terms(components), centred(dimension);
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < components; k++) {
                const T *mean = &x[components + k * dimension], *lower = &x[shapeOffset(k) + dimension];
                for (int a = 0; a < dimension; a++) centred[a] = points[i * dimension + a] - mean[a];
                T squares = 0.0;
                for (int row = 0; row < dimension; row++) {
                    T residual = diagonals[k * dimension + row] * centred[row];
                    for (int column = 0, entry = row - 1; column < row; entry += dimension - column - 2, column++)
                        residual += lower[entry] * centred[column]; // Below the diagonal, column by column.
                    squares += residual * residual;
                }
                terms[k] = x[k] + logDeterminants[k] - 0.5 * squares;
            }
            sum += logSumExp(terms);
        }
        return sum - double(count) * logSumExp(alphas) + prior + constant;
    }

private:
    int shapeOffset(int k) const { return components * (1 + dimension) + k * (dimension + lowerCount); }
};

template <class T> T sigmoid(const T& z) {
    using std::exp;
    return 1.0 / (1.0 + exp(-z));
}

// The next-character loss of an LSTM whose cells see one number each.
struct Lstm {
    int layers, steps, width;
    std::vector<double> start, state, inputs;

    explicit Lstm(Numbers file) {
        layers = file.next<int>(), steps = file.next<int>() - 1, width = file.next<int>();
        start = file.next(8 * layers * width + 3 * width);
        state = file.next(2 * layers * width);
        inputs = file.next((steps + 1) * width);
    }

    template <class T> T operator()(const std::vector<T>& x) const {
        using std::exp, std::log, std::tanh;
        std::vector<T> hidden(layers * width), cell(layers * width), predictions(width);
        for (int layer = 0; layer < layers; layer++)
            for (int j = 0; j < width; j++) {
                hidden[layer * width + j] = state[2 * layer * width + j];
                cell[layer * width + j] = state[(2 * layer + 1) * width + j];
            }
        const T* extra = &x[8 * layers * width];
        T sum = 0.0;
        for (int t = 0; t < steps; t++) {
            const double *input = &inputs[t * width], *target = input + width;
            T partition = 2.0;
            for (int j = 0; j < width; j++) {
                T signal = input[j] * extra[j];
                for (int layer = 0; layer < layers; layer++) {
                    const T *weights = &x[8 * layer * width + j], *biases = weights + 4 * width;
                    T &h = hidden[layer * width + j], &c = cell[layer * width + j];
                    T forget = sigmoid<T>(signal * weights[0] + biases[0]);
                    T ingate = sigmoid<T>(h * weights[width] + biases[width]);
                    T outgate = sigmoid<T>(signal * weights[2 * width] + biases[2 * width]);
                    T change = tanh(h * weights[3 * width] + biases[3 * width]);
                    c = c * forget + ingate * change;
                    h = outgate * tanh(c);
                    signal = h;
                }
                predictions[j] = signal * extra[width + j] + extra[2 * width + j];
                partition += exp(predictions[j]);
            }
            T logPartition = log(partition);
            for (int j = 0; j < width; j++) sum += target[j] * (logPartition - predictions[j]);
        }
        return sum / double(steps * width);
    }
};

// The residuals of one observation: x is a camera (rotation 3, centre 3, focal length, principal point 2, radial 2), a point, a weight.
// The feature is of a type of its own, so that an engine may take it for a parameter.
template <class T, class F> void residuals(const T* x, const F& u, const F& v, T* r) {
    using std::cos, std::sin, std::sqrt;
    const T *w = x, *camera = x, &weight = x[14];
    T p0 = x[11] - camera[3], p1 = x[12] - camera[4], p2 = x[13] - camera[5];
    T c0 = w[1] * p2 - w[2] * p1, c1 = w[2] * p0 - w[0] * p2, c2 = w[0] * p1 - w[1] * p0;
    T squared = w[0] * w[0] + w[1] * w[1] + w[2] * w[2], y0, y1, y2;
    if (squared > 0.0) {
        T theta = sqrt(squared), cosine = cos(theta), a = sin(theta) / theta;
        T along = (1.0 - cosine) / squared * (w[0] * p0 + w[1] * p1 + w[2] * p2);
        y0 = cosine * p0 + a * c0 + along * w[0];
        y1 = cosine * p1 + a * c1 + along * w[1];
        y2 = cosine * p2 + a * c2 + along * w[2];
    } else {
        y0 = p0 + c0;
        y1 = p1 + c1;
        y2 = p2 + c2;
    }
    T a = y0 / y2, b = y1 / y2, rho = a * a + b * b;
    T scale = camera[6] * (1.0 + camera[9] * rho + camera[10] * rho * rho);
    r[0] = weight * (scale * a + camera[7] - u);
    r[1] = weight * (scale * b + camera[8] - v);
    r[2] = 1.0 - weight * weight;
}

// Cameras, points, weights and features: one of each, replicated.
struct BundleAdjustment {
    static constexpr int own = 15, outputs = 3;
    int cameras, points, observations;
    std::vector<double> camera, point, weight, feature;

    explicit BundleAdjustment(Numbers file) {
        cameras = file.next<int>(), points = file.next<int>(), observations = file.next<int>();
        camera = repeated(file.next(11), cameras), point = repeated(file.next(3), points);
        weight = repeated(file.next(1), observations), feature = repeated(file.next(2), observations);
    }

    void gather(int observation, double* x) const {
        for (int j = 0; j < 11; j++) x[j] = camera[observation % cameras * 11 + j];
        for (int j = 0; j < 3; j++) x[11 + j] = point[observation % points * 3 + j];
        x[14] = weight[observation];
    }

private:
    static std::vector<double> repeated(const std::vector<double>& block, int count) {
        std::vector<double> all;
        for (int i = 0; i < count; i++) all.insert(all.end(), block.begin(), block.end());
        return all;
    }
};
